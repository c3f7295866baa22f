package io.legwork.examples.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.legwork.examples.csv.CsvProfile.Column;
import io.legwork.examples.source.FileServer;
import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvProfileHandlerTest {

  private final FileServer server = new FileServer();
  private final CsvProfileHandler handler = new CsvProfileHandler();

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * The numbers were computed with Python's csv and decimal modules: per column len(set(values)),
   * min, max and sum / count.
   */
  @Test
  void profilesTheWeather() throws Exception {
    CsvProfile profile = profile(server.data("seattle-weather.csv"));

    assertThat(profile.rows()).isEqualTo(1461);
    assertThat(profile.columns())
        .containsExactly(
            text("date", "date", 1461, "2012-01-01", "2015-12-31"),
            number("precipitation", "number", 111, "0.0", "55.9", 3.029431895961670),
            number("temp_max", "number", 67, "-1.6", "35.6", 16.43908281998631),
            number("temp_min", "number", 55, "-7.1", "18.3", 8.234770704996578),
            number("wind", "number", 79, "0.4", "9.5", 3.241136208076660),
            text("weather", "string", 5, "drizzle", "sun"));
  }

  /** Computed as above. */
  @Test
  void profilesTheAirports() throws Exception {
    CsvProfile profile = profile(server.data("airports.csv"));

    assertThat(profile.rows()).isEqualTo(3376);
    assertThat(profile.columns())
        .containsExactly(
            text("iata", "string", 3376, "00M", "ZZV"),
            text(
                "name", "string", 3237, "Abbeville Chris Crusta Memorial", "Zephyrhills Municipal"),
            text("city", "string", 2675, "Abbeville", "Zuni"),
            text("state", "string", 57, "AK", "WY"),
            text("country", "string", 5, "Federated States of Micronesia", "USA"),
            number("latitude", "number", 3375, "-14.33102278", "71.2854475", 40.01120896369372),
            number("longitude", "number", 3375, "-176.6460306", "145.7686111", -98.19042617344490));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1;-2;+30                 | integer
          1;2.5;-1e3;.5            | number
          007;1                    | string
          true;False               | boolean
          true;1                   | string
          2026-02-28;2024-02-29    | date
          2026-02-29               | string
          1;x                      | string
          12345678901234567890     | string
          1e999999999              | string
          NaN                      | string
          """)
  void choosesTheNarrowestTypeThatFitsAll(String values, String type) throws Exception {
    Column column = onlyColumn("v\n" + values.replace(';', '\n') + "\n");

    assertThat(column.type()).isEqualTo(type);
    assertThat(column.nulls()).isZero();
  }

  @Test
  void blankCellsAreNullsAndHaveNoSayInTheType() throws Exception {
    CsvProfile profile = profile(server.serve("/csv", "a,b\r\n1,\r\n ,\r\n3,\r\n"));

    assertThat(profile.rows()).isEqualTo(3);
    assertThat(profile.columns())
        .containsExactly(
            new Column("a", "integer", 1, 2, true, new BigDecimal(1), new BigDecimal(3), 2.0),
            new Column("b", "string", 3, 0, true, null, null, null));
  }

  @Test
  void readsQuotedValuesAndPassesOverAByteOrderMark() throws Exception {
    Column column = onlyColumn("\uFEFF\"a,b\"\n\"x\ny\"\n\"say \"\"ä\"\"\"\n");

    assertThat(column).isEqualTo(text("a,b", "string", 2, "say \"ä\"", "x\ny"));
  }

  @Test
  void profilesAFileWithAHeaderOnly() throws Exception {
    CsvProfile profile = profile(server.serve("/csv", "a,b"));

    assertThat(profile.rows()).isZero();
    assertThat(profile.columns()).hasSize(2);
  }

  @Test
  void countsDistinctValuesExactlyUpToABound() throws Exception {
    assertThat(onlyColumn(numbers(10_000)).distinctExact()).isTrue();
  }

  @Test
  void saysWhenThereAreMoreDistinctValuesThanItCounts() throws Exception {
    Column column = onlyColumn(numbers(10_001));

    assertThat(column.distinct()).isEqualTo(10_000);
    assertThat(column.distinctExact()).isFalse();
    assertThat(column.mean()).isEqualTo(5001.0);
  }

  @Test
  void refusesWhatIsNotCsv() {
    assertRefused("", "it is empty");
    assertRefused("a,b\n1,2\n1,2,3\n", "record 3 has 3 values, the header has 2");
    assertRefused("a\n\"open", "EOF reached before encapsulated token finished");
    assertRefused("a\n\"x\"y\n", "Invalid character between encapsulated token and delimiter");
    assertRefused("a\nx\0y\n", "it contains NUL characters");
    assertRefused("a,".repeat(100) + "a\n", "it has more than 100 columns");
    assertRefused("a\n\"" + "x".repeat(2 << 20), "a record is longer than 1,048,576 characters");
    assertRefused("<html>\n<p>Hello, world</p>\n</html>\n", "record 2 has 2 values");
    assertRefused("ä".getBytes(StandardCharsets.ISO_8859_1), "it is not text in UTF-8");
  }

  @Test
  void refusesAPicture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(server.data("rocket.jpg")))
        .withMessageStartingWith("the source is not CSV");
  }

  @Test
  void refusesASourceWithoutEnd() {
    String url =
        server.serve(
            "/endless",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] rows = ("x".repeat(100_000) + "\n").getBytes(StandardCharsets.US_ASCII);
              while (true) {
                exchange.getResponseBody().write(rows);
              }
            });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(url))
        .withMessage("the source is larger than 67,108,864 bytes");
  }

  @Test
  void triesAgainWhenTheServerIsInTrouble() {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> profile(server.serveStatus(503)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(server.data("missing.csv")))
        .withMessage("the source answered 404");
  }

  @Test
  void triesAgainWhenTheFileBreaksOff() {
    String url =
        server.serve(
            "/broken",
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write("a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII));
              exchange.close();
            });

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> profile(url));
  }

  private void assertRefused(String file, String why) {
    assertRefused(file.getBytes(StandardCharsets.UTF_8), why);
  }

  private void assertRefused(byte[] file, String why) {
    try (FileServer own = new FileServer()) {
      String url = own.serve("/csv", file);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> profile(url))
          .withMessageStartingWith("the source is not CSV: ")
          .withMessageContaining(why);
    }
  }

  private Column onlyColumn(String file) throws Exception {
    CsvProfile profile = profile(server.serve("/csv", file));
    assertThat(profile.columns()).hasSize(1);
    return profile.columns().getFirst();
  }

  private CsvProfile profile(String url) throws Exception {
    Outcome outcome = handler.handle(new CsvProfileRequest(url), TestContext.first());
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return (CsvProfile) Objects.requireNonNull(((Outcome.Succeeded) outcome).result());
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("\n", "n\n", "\n"));
  }

  private static Column text(
      String name, String type, int distinct, @Nullable String min, @Nullable String max) {
    return new Column(name, type, 0, distinct, true, min, max, null);
  }

  private static Column number(
      String name, String type, int distinct, String min, String max, double mean) {
    return new Column(
        name, type, 0, distinct, true, new BigDecimal(min), new BigDecimal(max), mean);
  }
}
