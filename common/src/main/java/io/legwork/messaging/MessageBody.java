package io.legwork.messaging;

/** What a message carries. Immutable as long as the given bytes are not changed. */
public final class MessageBody {

  private final String contentType;
  private final byte[] bytes;

  private MessageBody(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
  }

  /** A JSON document. */
  public static MessageBody json(byte[] document) {
    return new MessageBody("application/json", document);
  }

  /** Bytes of any kind. */
  public static MessageBody raw(byte[] bytes) {
    return new MessageBody("application/octet-stream", bytes);
  }

  /** The media type of the bytes. */
  public String contentType() {
    return contentType;
  }

  /** The content itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** The size only. */
  @Override
  public String toString() {
    return contentType + ", " + bytes.length + " bytes";
  }
}
