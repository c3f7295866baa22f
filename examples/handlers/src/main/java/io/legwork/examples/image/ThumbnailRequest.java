package io.legwork.examples.image;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code image.thumbnail}.
 *
 * @param source where the picture is
 * @param width how wide it shall be; a smaller picture keeps its size
 * @param format JPEG when left out
 */
public record ThumbnailRequest(String source, int width, @Nullable Format format) {

  /** The most that can be asked for. */
  static final int WIDEST = 2048;

  /** What a thumbnail can be written as. */
  public enum Format {
    /** Lossless, keeps transparency. */
    PNG,
    /** Small; transparency becomes white. */
    JPEG;

    /** The name as ImageIO and the result have it. */
    String lowerCase() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what no thumbnail can be made of. */
  public ThumbnailRequest {
    Objects.requireNonNull(source, "source is missing");
    if (width < 1 || width > WIDEST) {
      throw new IllegalArgumentException("width must be from 1 to " + WIDEST);
    }
    format = Objects.requireNonNullElse(format, Format.JPEG);
  }
}
