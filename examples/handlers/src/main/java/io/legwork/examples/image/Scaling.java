package io.legwork.examples.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Makes pictures smaller without losing what lies between the pixels. */
final class Scaling {

  private Scaling() {}

  /**
   * Scales a picture down to a width, keeping its proportions; never up.
   *
   * <p>Halves it as long as possible, because interpolation looks at a few neighbours only and
   * would skip pixels when shrinking further in one step.
   */
  static BufferedImage toWidth(BufferedImage picture, int wanted) {
    int width = Math.min(wanted, picture.getWidth());
    int height =
        Math.max(1, (int) Math.round((double) picture.getHeight() * width / picture.getWidth()));
    BufferedImage current = picture;
    while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
      current =
          draw(
              current,
              current.getWidth() / 2,
              current.getHeight() / 2,
              RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    }
    return draw(current, width, height, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
  }

  private static BufferedImage draw(
      BufferedImage picture, int width, int height, Object interpolation) {
    int type =
        picture.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB
            : BufferedImage.TYPE_INT_RGB;
    BufferedImage drawn = new BufferedImage(width, height, type);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return drawn;
  }
}
