package io.legwork.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {

  private static final String HEAD = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";

  private final KnownFrames known = new KnownFrames();

  /** What one reader is told, as text. */
  private static final class Notes implements StreamReader.Ear {

    private final List<String> notes = new ArrayList<>();

    @Override
    public void opened() {
      notes.add("open");
    }

    @Override
    public void heard(int index, boolean inOrder) {
      notes.add(index + (inOrder ? "" : " out of order"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 10_000})
  void recognisesWhatOthersHaveReceivedWhateverThePieces(int piece) throws IOException {
    var stream = HEAD + chunk("retry: 1000\n\n") + chunk(event(5) + event(6)) + chunk(event(9));
    assertThat(read(stream, 10_000)).containsExactly("open", "0", "1", "2");

    assertThat(read(stream, piece)).containsExactly("open", "0", "1", "2");

    assertThat(known.id(2)).isEqualTo(9);
    assertThat(known.micros(2)).isEqualTo(9_000);
  }

  @Test
  void readsAStreamWithoutChunks() throws IOException {
    var _ = read(HEAD + chunk(event(5) + event(6)), 100);

    assertThat(read("HTTP/1.1 200 \r\nConnection: close\r\n\r\n" + event(5) + event(6), 7))
        .containsExactly("open", "0", "1");
  }

  @Test
  void seesPingsBetweenEventsAndInTheMiddleOfChunks() throws IOException {
    var _ = read(HEAD + chunk(event(5) + event(6)), 100);

    assertThat(read(HEAD + chunk(event(5) + ": ping\n\n" + event(6)), 3))
        .containsExactly("open", "0", "1");
  }

  @Test
  void seesThatAnEventIsMissing() throws IOException {
    var _ = read(HEAD + chunk(event(5) + event(6) + event(7)), 100);

    assertThat(read(HEAD + chunk(event(5) + event(7)), 100)).containsExactly("open", "0", "2");
  }

  @Test
  void seesThatAnEventComesAgain() throws IOException {
    assertThat(read(HEAD + chunk(event(5) + event(6) + event(5) + event(7)), 100))
        .containsExactly("open", "0", "1", "0 out of order", "2");
  }

  @Test
  void tellsThatTheStreamWasRefusedOrEnds() {
    assertThatIOException()
        .isThrownBy(() -> read("HTTP/1.1 503 \r\n\r\n", 100))
        .withMessageContaining("503");
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> read(HEAD + chunk(event(1)) + "0\r\n\r\n", 100));
  }

  private List<String> read(String stream, int piece) throws IOException {
    var notes = new Notes();
    var reader = new StreamReader(known, notes);
    var bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      var part = Arrays.copyOfRange(bytes, from, Math.min(from + piece, bytes.length));
      reader.take(part, part.length);
    }
    return notes.notes;
  }

  private static String event(int id) {
    return "id: %d\nevent: task.succeeded\ndata: {\"at\":\"1970-01-01T00:00:00.00%dZ\"}\n\n"
        .formatted(id, id);
  }

  private static String chunk(String data) {
    return "%x\r\n%s\r\n".formatted(data.length(), data);
  }
}
