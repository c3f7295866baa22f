package io.legwork.producer.web;

/** The body of a request, for as long as the request is handled. */
public final class Body implements AutoCloseable {

  private final byte[] bytes;
  private final ByteBudget.Share share;

  Body(byte[] bytes, ByteBudget.Share share) {
    this.bytes = bytes;
    this.share = share;
  }

  /** The body itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Makes room for other bodies. */
  @Override
  public void close() {
    share.close();
  }
}
