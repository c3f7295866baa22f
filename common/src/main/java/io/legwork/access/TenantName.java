package io.legwork.access;

import java.util.regex.Pattern;

/** What tenants may be called. */
public final class TenantName {

  /** No underscore: it ends the name within a key. */
  static final String PATTERN = "[a-z0-9][a-z0-9-]{0,62}";

  private static final Pattern NAME = Pattern.compile(PATTERN);

  private TenantName() {}

  /** Whether a text is the name of a tenant: 1 to 63 of a-z, 0-9 and -, not beginning with -. */
  public static boolean isValid(String text) {
    return NAME.matcher(text).matches();
  }
}
