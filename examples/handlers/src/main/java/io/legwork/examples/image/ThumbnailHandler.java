package io.legwork.examples.image;

import io.legwork.examples.image.ThumbnailRequest.Format;
import io.legwork.examples.source.Sources;
import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** Makes a picture smaller. Keeps a core busy and holds whole pictures, hence its limits. */
@Handles(value = "image.thumbnail", concurrency = 2, cpuBound = true)
public final class ThumbnailHandler implements Handler<ThumbnailRequest> {

  static final int MAX_SOURCE_BYTES = 32 << 20;
  static final int MAX_THUMBNAIL_BYTES = 512 << 10;

  private final Sources sources = new Sources();

  @Override
  public Outcome handle(ThumbnailRequest request, TaskContext task)
      throws IOException, InterruptedException {
    byte[] file;
    try (InputStream source = sources.open(request.source(), MAX_SOURCE_BYTES, task.remaining())) {
      file = source.readAllBytes();
    }
    Format format = Objects.requireNonNull(request.format());
    BufferedImage picture = Scaling.toWidth(PictureFile.read(file), request.width());
    byte[] thumbnail = PictureFile.write(picture, format);
    if (thumbnail.length > MAX_THUMBNAIL_BYTES) {
      return Outcome.failPermanently(
          "the thumbnail has %,d bytes, at most %,d can be kept: ask for JPEG or less width"
              .formatted(thumbnail.length, MAX_THUMBNAIL_BYTES));
    }
    return Outcome.succeed(
        new Thumbnail(
            picture.getWidth(),
            picture.getHeight(),
            thumbnail.length,
            sha256(thumbnail),
            format.lowerCase(),
            Base64.getEncoder().encodeToString(thumbnail)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
