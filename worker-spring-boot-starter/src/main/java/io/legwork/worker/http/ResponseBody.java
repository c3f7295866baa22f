package io.legwork.worker.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer, as far as it was kept.
 *
 * @param value the JSON, if it was declared as such and is whole; else the text; null if it is
 *     empty or not text
 * @param base64 the bytes, if they are not text
 * @param truncated whether there was more
 */
record ResponseBody(@Nullable Object value, @Nullable String base64, boolean truncated) {

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f]");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Makes sense of a body's bytes.
   *
   * @param contentType the answer's Content-Type, empty if it has none
   */
  static ResponseBody of(byte[] bytes, boolean truncated, String contentType) {
    if (bytes.length == 0) {
      return new ResponseBody(null, null, truncated);
    }
    Optional<MimeType> type = parse(contentType);
    String text = decode(bytes, truncated, type);
    if (text == null) {
      return new ResponseBody(null, Base64.getEncoder().encodeToString(bytes), truncated);
    }
    boolean json = !truncated && type.filter(ResponseBody::isJson).isPresent();
    return new ResponseBody(json ? jsonOr(text) : text, null, truncated);
  }

  private static Optional<MimeType> parse(String contentType) {
    try {
      return Optional.of(MimeType.valueOf(contentType));
    } catch (InvalidMimeTypeException e) {
      return Optional.empty();
    }
  }

  private static boolean isJson(MimeType type) {
    String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
    return subtype.equals("json") || subtype.endsWith("+json");
  }

  private static Object jsonOr(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return text;
    }
  }

  /**
   * Null if the bytes are not text: malformed, or with control characters, which would also grow
   * sixfold in JSON. A character cut off by truncation is left out.
   */
  private static @Nullable String decode(byte[] bytes, boolean truncated, Optional<MimeType> type) {
    Charset charset = type.map(MimeType::getCharset).orElse(StandardCharsets.UTF_8);
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text =
        CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
    boolean malformed = decoder.decode(ByteBuffer.wrap(bytes), text, !truncated).isError();
    String decoded = text.flip().toString();
    return malformed || CONTROL.matcher(decoded).find() ? null : decoded;
  }
}
