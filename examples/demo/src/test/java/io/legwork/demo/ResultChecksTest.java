package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultChecksTest {

  @TempDir private Path folder;

  @Test
  void writeAThumbnailThatIsRight() throws Exception {
    var file = folder.resolve("small.png");
    var bytes = picture(80, 53);

    var line = new ThumbnailCheck(file, new Dimension(80, 53)).check(result(bytes, sha256(bytes)));

    assertThat(line).isEqualTo("small.png");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void allowAThumbnailsHeightToBeRoundedEitherWay() throws Exception {
    var bytes = picture(80, 54);

    new ThumbnailCheck(folder.resolve("small.png"), new Dimension(80, 53))
        .check(result(bytes, sha256(bytes)));

    assertThat(folder.resolve("small.png")).exists();
  }

  @Test
  void refuseAThumbnailOfAnotherSize() throws Exception {
    var bytes = picture(81, 53);

    assertWrong(result(bytes, sha256(bytes)), "81 x 53 pixels instead of 80 x 53");
  }

  @Test
  void refuseAThumbnailWithAWrongChecksum() throws Exception {
    assertWrong(result(picture(80, 53), "00"), "SHA-256");
  }

  @Test
  void refuseAThumbnailThatIsNoPicture() throws Exception {
    var bytes = new byte[] {1, 2, 3};

    assertWrong(result(bytes, sha256(bytes)), "no picture");
  }

  @Test
  void sumUpAProfileThatIsRight() {
    var result =
        json(Map.of("rows", 1461, "columns", List.of(Map.of("name", "a"), Map.of("name", "b"))));

    assertThat(new ProfileCheck("weather.csv", 1461).check(result))
        .isEqualTo("weather.csv           1,461 rows: a, b");
  }

  @Test
  void refuseAProfileWithAnotherNumberOfRows() {
    assertThatThrownBy(() -> new ProfileCheck("weather.csv", 1461).check(json(Map.of("rows", 3))))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("1,461");
  }

  @Test
  void refuseAnAnswerThatIsNot200() {
    assertThat(ResultCheck.answered200().check(json(Map.of("status", 200)))).isEmpty();
    assertThatThrownBy(() -> ResultCheck.answered200().check(json(Map.of("status", 204))))
        .isInstanceOf(WrongResultException.class);
  }

  private void assertWrong(JsonNode result, String reason) {
    var file = folder.resolve("small.png");
    assertThatThrownBy(() -> new ThumbnailCheck(file, new Dimension(80, 53)).check(result))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining(reason);
    assertThat(file).doesNotExist();
  }

  private static byte[] picture(int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static JsonNode result(byte[] picture, String sha256) {
    return json(Map.of("picture", Base64.getEncoder().encodeToString(picture), "sha256", sha256));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static JsonNode json(Object value) {
    return JsonMapper.shared().valueToTree(value);
  }
}
