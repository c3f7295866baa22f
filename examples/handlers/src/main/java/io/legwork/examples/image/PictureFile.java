package io.legwork.examples.image;

import io.legwork.examples.image.ThumbnailRequest.Format;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as files. */
final class PictureFile {

  static final long MAX_PIXELS = 25_000_000;

  private static final float JPEG_QUALITY = 0.85f;

  private PictureFile() {}

  /**
   * Reads the first picture of a file.
   *
   * @throws IllegalArgumentException if the file holds none, or one with too many pixels, which is
   *     found out before they are unpacked
   */
  static BufferedImage read(byte[] file) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IllegalArgumentException("the source is not a picture of a known format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return read(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static BufferedImage read(ImageReader reader) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "the picture has %,d pixels, at most %,d are handled".formatted(pixels, MAX_PIXELS));
    }
    try {
      return reader.read(0);
    } catch (RuntimeException e) {
      // The decoders meet broken files with exceptions of many kinds.
      throw damaged(e);
    }
  }

  private static IllegalArgumentException damaged(Exception cause) {
    return new IllegalArgumentException("the picture cannot be decoded: " + cause, cause);
  }

  /** Writes a picture. */
  static byte[] write(BufferedImage picture, Format format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format.lowerCase()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (format == Format.JPEG) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
        writer.write(null, new IIOImage(onWhite(picture), null, null), settings);
      } else {
        writer.write(null, new IIOImage(picture, null, null), settings);
      }
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage onWhite(BufferedImage picture) {
    BufferedImage opaque =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(picture, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return opaque;
  }
}
