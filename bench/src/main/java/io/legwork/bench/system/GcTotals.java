package io.legwork.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a JVM's log of its garbage collector ({@code -Xlog:gc}) adds up to. The log counts in whole
 * megabytes, so that the sums are right over many collections only.
 *
 * @param pauses how many pauses there were
 * @param allocatedMegabytes what was allocated between the first pause and the last
 * @param lastHeap the megabytes in use after the latest pause
 * @param highestHeap the most megabytes that were in use after a pause
 * @param pausedMillis how long all pauses took
 */
public record GcTotals(
    int pauses, long allocatedMegabytes, long lastHeap, long highestHeap, double pausedMillis) {

  private static final Pattern PAUSE =
      Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

  private static final GcTotals NONE = new GcTotals(0, 0, 0, 0, 0);

  static GcTotals read(Path log) {
    try {
      return of(Files.readAllLines(log));
    } catch (NoSuchFileException nothingYet) {
      return NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GcTotals of(List<String> lines) {
    var totals = NONE;
    for (String line : lines) {
      var pause = PAUSE.matcher(line);
      if (pause.find()) {
        totals =
            totals.with(
                Long.parseLong(pause.group(1)),
                Long.parseLong(pause.group(2)),
                Double.parseDouble(pause.group(3)));
      }
    }
    return totals;
  }

  private GcTotals with(long before, long after, double millis) {
    return new GcTotals(
        pauses + 1,
        allocatedMegabytes + (pauses == 0 ? 0 : before - lastHeap),
        after,
        Math.max(highestHeap, after),
        pausedMillis + millis);
  }

  /** What came after an earlier reading; the highest heap is that of the whole time. */
  public GcTotals since(GcTotals earlier) {
    return new GcTotals(
        pauses - earlier.pauses,
        allocatedMegabytes - earlier.allocatedMegabytes,
        lastHeap,
        highestHeap,
        pausedMillis - earlier.pausedMillis);
  }
}
