package io.legwork.demo;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/**
 * Expects a picture of a certain size whose checksum is right, and writes it to a file.
 *
 * @param file where it goes
 * @param size how large it must be, its height to the pixel next to it
 */
record ThumbnailCheck(Path file, Dimension size) implements ResultCheck {

  @Override
  public String check(JsonNode result) {
    var picture = decode(result.path("picture").asString(""));
    var sha256 = sha256(picture);
    if (!sha256.equals(result.path("sha256").asString(""))) {
      throw new WrongResultException("the picture's SHA-256 is " + sha256 + ", not as stated");
    }
    requireSize(picture);
    write(picture);
    return file.getFileName().toString();
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new WrongResultException("the picture is not Base64: " + e.getMessage());
    }
  }

  private void requireSize(byte[] bytes) {
    try {
      var picture = ImageIO.read(new ByteArrayInputStream(bytes));
      if (picture == null) {
        throw new WrongResultException("the result holds no picture");
      }
      if (picture.getWidth() != size.width || Math.abs(picture.getHeight() - size.height) > 1) {
        throw new WrongResultException(
            "the picture has %d x %d pixels instead of %d x %d"
                .formatted(picture.getWidth(), picture.getHeight(), size.width, size.height));
      }
    } catch (IOException e) {
      throw new WrongResultException("the picture cannot be read: " + e.getMessage());
    }
  }

  private void write(byte[] picture) {
    try {
      Files.write(file, picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
