package io.legwork.examples.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file once, from its beginning to its end, and keeps only what the profile needs. */
final class CsvProfiler {

  static final int MAX_COLUMNS = 100;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private CsvProfiler() {}

  /**
   * Profiles a file in UTF-8 whose first record is the header.
   *
   * @throws IllegalArgumentException if it is not CSV
   * @throws IOException if it cannot be read to its end
   */
  static CsvProfile profile(InputStream file) throws IOException {
    try (CsvReader reader = open(file);
        CSVParser parser = FORMAT.parse(reader)) {
      return profile(parser.iterator(), reader);
    } catch (UncheckedIOException e) {
      throw notCsvOr(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw notCsvOr(e);
    }
  }

  private static CsvReader open(InputStream file) throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return new CsvReader(text);
  }

  private static CsvProfile profile(Iterator<CSVRecord> records, CsvReader reader) {
    if (!records.hasNext()) {
      throw notCsv("it is empty");
    }
    List<ColumnProfiler> columns = records.next().stream().map(ColumnProfiler::new).toList();
    if (columns.size() > MAX_COLUMNS) {
      throw notCsv("it has more than " + MAX_COLUMNS + " columns");
    }
    long rows = 0;
    while (records.hasNext()) {
      reader.nextRecord();
      rows++;
      add(records.next(), columns);
    }
    return new CsvProfile(rows, columns.stream().map(ColumnProfiler::profile).toList());
  }

  private static void add(CSVRecord row, List<ColumnProfiler> columns) {
    if (row.size() != columns.size()) {
      throw notCsv(
          "record %d has %d values, the header has %d"
              .formatted(row.getRecordNumber(), row.size(), columns.size()));
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(row.get(i));
    }
  }

  private static IOException notCsvOr(IOException failure) {
    return switch (failure) {
      case CSVException e -> throw notCsv(String.valueOf(e.getMessage()));
      case CharacterCodingException _ -> throw notCsv("it is not text in UTF-8");
      default -> failure;
    };
  }

  private static IllegalArgumentException notCsv(String why) {
    return new IllegalArgumentException("the source is not CSV: " + why);
  }
}
