package io.legwork.examples.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.legwork.examples.image.ThumbnailRequest.Format;
import io.legwork.examples.source.FileServer;
import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailHandlerTest {

  private final FileServer server = new FileServer();
  private final ThumbnailHandler handler = new ThumbnailHandler();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Heights: the originals are 640x427, 451x300, 600x400 and 1000x872 pixels. */
  @ParameterizedTest
  @CsvSource({
    "rocket.jpg, 80, 53, JPEG",
    "rocket.jpg, 320, 214, PNG",
    "chelsea.png, 160, 106, PNG",
    "chelsea.png, 80, 53, JPEG",
    "coffee.png, 320, 213, PNG",
    "coffee.png, 1, 1, JPEG",
    "hubble_deep_field.jpg, 320, 279, JPEG",
    "hubble_deep_field.jpg, 999, 871, JPEG"
  })
  void makesAPhotographSmaller(String name, int width, int height, Format format) throws Exception {
    Thumbnail thumbnail = thumbnail(server.data(name), width, format);

    byte[] file = Base64.getDecoder().decode(thumbnail.picture());
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(thumbnail)
        .isEqualTo(
            new Thumbnail(
                width, height, file.length, sha256(file), format.lowerCase(), thumbnail.picture()));
    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(picture.getHeight()).isEqualTo(height);
    assertSameColours(picture, ImageIO.read(Path.of("../data", name).toFile()));
  }

  @Test
  void looksAtEveryPixelWhenItMakesAPictureMuchSmaller() throws Exception {
    BufferedImage stripes = new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 640; x += 2) {
      for (int y = 0; y < 640; y++) {
        stripes.setRGB(x, y, 0xffffff);
      }
    }

    Thumbnail thumbnail = thumbnail(server.serve("/stripes", png(stripes)), 10, Format.PNG);

    BufferedImage picture = decode(thumbnail);
    for (int x = 0; x < 10; x++) {
      assertThat(new Color(picture.getRGB(x, 5)).getRed()).isCloseTo(128, within(2));
    }
  }

  @Test
  void doesNotMakeAPictureLarger() throws Exception {
    Thumbnail thumbnail = thumbnail(server.data("chelsea.png"), 1000, Format.JPEG);

    assertThat(thumbnail.width()).isEqualTo(451);
    assertThat(thumbnail.height()).isEqualTo(300);
  }

  @Test
  void keepsTransparencyInPngAndMakesItWhiteInJpeg() throws Exception {
    String url =
        server.serve("/clear", png(new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB)));

    assertThat(decode(thumbnail(url, 10, Format.PNG)).getRGB(5, 5)).isZero();
    assertThat(decode(thumbnail(url, 10, Format.JPEG)).getRGB(5, 5)).isEqualTo(0xffffffff);
  }

  @Test
  void keepsAtLeastOneLineOfAVeryWidePicture() throws Exception {
    String url = server.serve("/line", png(new BufferedImage(5000, 2, BufferedImage.TYPE_INT_RGB)));

    assertThat(thumbnail(url, 10, Format.PNG).height()).isEqualTo(1);
  }

  @Test
  void writesJpegUnlessAskedOtherwise() throws Exception {
    assertThat(thumbnail(server.data("coffee.png"), 80, null).format()).isEqualTo("jpeg");
  }

  @Test
  void refusesWhatIsNotAPicture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thumbnail(server.data("airports.csv"), 80, Format.PNG))
        .withMessage("the source is not a picture of a known format");
  }

  @Test
  void refusesAPictureThatIsDamaged() throws Exception {
    byte[] file = Files.readAllBytes(Path.of("../data/coffee.png"));
    String cutOff = server.serve("/cut", Arrays.copyOf(file, 20));
    Arrays.fill(file, 60, 2000, (byte) 7);
    String garbled = server.serve("/garbled", file);

    for (String url : new String[] {cutOff, garbled}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> thumbnail(url, 80, Format.PNG))
          .withMessageStartingWith("the picture cannot be decoded");
    }
  }

  @Test
  void refusesADecompressionBombBeforeItIsUnpacked() throws Exception {
    String url = server.serve("/bomb", pngThatClaims(50_000, 50_000));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> thumbnail(url, 80, Format.PNG))
        .withMessage("the picture has 2,500,000,000 pixels, at most 25,000,000 are handled");
  }

  @Test
  void refusesASourceThatIsTooLarge() {
    String url = server.serve("/large", new byte[ThumbnailHandler.MAX_SOURCE_BYTES + 1]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> thumbnail(url, 80, Format.PNG))
        .withMessage("the source is larger than 33,554,432 bytes");
  }

  @Test
  void refusesAThumbnailTooLargeToKeep() throws Exception {
    BufferedImage noise = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int x = 0; x < 1000; x++) {
      for (int y = 0; y < 1000; y++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }
    String url = server.serve("/noise", png(noise));

    assertThat(handler.handle(new ThumbnailRequest(url, 900, Format.PNG), TestContext.first()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).endsWith("ask for JPEG or less width");
              assertThat(failed.permanent()).isTrue();
            });
  }

  @Test
  void triesAgainWhenTheServerIsInTrouble() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> thumbnail(server.serveStatus(503), 80, Format.PNG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thumbnail(server.data("missing.png"), 80, Format.PNG))
        .withMessage("the source answered 404");
  }

  @Test
  @SuppressWarnings("NullAway") // What a payload without the field is read into.
  void refusesARequestThatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThumbnailRequest("http://a/", 0, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThumbnailRequest("http://a/", 2049, null))
        .withMessage("width must be from 1 to 2048");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> new ThumbnailRequest(null, 1, null))
        .withMessage("source is missing");
  }

  private Thumbnail thumbnail(String url, int width, @Nullable Format format) throws Exception {
    Outcome outcome = handler.handle(new ThumbnailRequest(url, width, format), TestContext.first());
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return (Thumbnail) Objects.requireNonNull(((Outcome.Succeeded) outcome).result());
  }

  private static BufferedImage decode(Thumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(thumbnail.picture())));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** A smaller picture of the same thing has about the same mean colours. */
  private static void assertSameColours(BufferedImage picture, BufferedImage original) {
    double[] colours = meanColours(picture);
    if (picture.getWidth() > 1) {
      assertThat(colours).usingComparatorWithPrecision(2.5).containsExactly(meanColours(original));
    }
  }

  private static double[] meanColours(BufferedImage picture) {
    double[] sums = new double[3];
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        Color colour = new Color(picture.getRGB(x, y));
        sums[0] += colour.getRed();
        sums[1] += colour.getGreen();
        sums[2] += colour.getBlue();
      }
    }
    double pixels = picture.getWidth() * (double) picture.getHeight();
    return Arrays.stream(sums).map(sum -> sum / pixels).toArray();
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  /** A tiny PNG whose header (RFC 2083, section 11.2.1) claims another size. */
  private static byte[] pngThatClaims(int width, int height) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(png(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)));
    file.putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(file.array(), 12, 17);
    return file.putInt(29, (int) checksum.getValue()).array();
  }
}
