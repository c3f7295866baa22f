package io.legwork.events;

public enum EventKind {
  SUCCEEDED(1),
  FAILED(2),
  RETRYING(3),
  CANCELLED(4),
  EXPIRED(5),
  REDRIVEN(6);
  private final int code;

  EventKind(int c) {
    code = c;
  }

  public int code() {
    return code;
  }

  public static EventKind ofCode(int c) {
    return values()[c - 1];
  }
}
