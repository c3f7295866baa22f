package io.legwork.bench.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The ids of tasks that one sender was given, and files of them. Not thread-safe. */
public final class Ids {

  private static final byte[] FIELD = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 36;
  private static final int FIRST_SIZE = 1024;

  private long[] halves = new long[FIRST_SIZE];
  private int size;

  /** Takes every {@code id} that a JSON text has; returns how many. */
  int addAll(byte[] json, int from, int to) {
    return addAll(FIELD, json, from, to);
  }

  /** Takes the id after every place with this beginning; returns how many. */
  int addAll(byte[] field, byte[] json, int from, int to) {
    int found = 0;
    for (int i = from; i + field.length + DIGITS <= to; i++) {
      if (json[i] == '"' && Arrays.equals(json, i, i + field.length, field, 0, field.length)) {
        add(json, i + field.length);
        i += field.length + DIGITS;
        found++;
      }
    }
    return found;
  }

  private void add(byte[] json, int from) {
    if (size == halves.length) {
      halves = Arrays.copyOf(halves, 2 * size);
    }
    long half = 0;
    int digits = 0;
    for (int i = from; i < from + DIGITS; i++) {
      if (json[i] != '-') {
        half = half << 4 | Character.digit(json[i], 16);
        if (++digits % 16 == 0) {
          halves[size++] = half;
        }
      }
    }
  }

  /** The one that was taken last; there must be one. */
  UUID last() {
    return new UUID(halves[size - 2], halves[size - 1]);
  }

  /** Writes all of them to a file. */
  static void write(List<Ids> all, Path file) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Ids ids : all) {
        for (int i = 0; i < ids.size; i++) {
          out.writeLong(ids.halves[i]);
        }
      }
    }
  }

  /** The different ids in a file. */
  public static Set<UUID> read(Path file) throws IOException {
    int count = (int) (Files.size(file) / (2 * Long.BYTES));
    var ids = HashSet.<UUID>newHashSet(count);
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int i = 0; i < count; i++) {
        ids.add(new UUID(in.readLong(), in.readLong()));
      }
    }
    return ids;
  }
}
