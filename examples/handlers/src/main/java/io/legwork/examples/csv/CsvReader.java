package io.legwork.examples.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses records without end and characters that no text has. */
final class CsvReader extends FilterReader {

  static final int LONGEST_RECORD = 1 << 20;

  private int sinceLastRecord;

  CsvReader(Reader in) {
    super(in);
  }

  /** Begins to count anew. */
  void nextRecord() {
    sinceLastRecord = 0;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (buffer[i] == 0) {
        throw new IllegalArgumentException("the source is not CSV: it contains NUL characters");
      }
    }
    sinceLastRecord += Math.max(0, read);
    if (sinceLastRecord > LONGEST_RECORD) {
      throw new IllegalArgumentException(
          "the source is not CSV: a record is longer than %,d characters"
              .formatted(LONGEST_RECORD));
    }
    return read;
  }
}
