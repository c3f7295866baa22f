package io.legwork.local.service;

import java.security.SecureRandom;
import java.util.Map;

/**
 * The key of systems that live as long as one run: made up by the first process that needs it, and
 * handed on to its children in the environment, where nobody else can read it.
 */
public final class RunKey {

  /** The environment variable with the key. */
  public static final String VARIABLE = "LEGWORK_API_KEY";

  /** The header it is sent in. */
  public static final String HEADER = "Authorization";

  private static final String ADMIN_KEYS = "LEGWORK_SECURITY_ADMIN_KEYS";
  private static final String OPEN = "LEGWORK_SECURITY_OPEN";

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** 62^43 is just above 2^256. */
  private static final int LENGTH = 43;

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String TEXT = System.getenv().getOrDefault(VARIABLE, random());

  private RunKey() {}

  /** A new key of the tenant {@code default}, made as the services make theirs. */
  public static String random() {
    var key = new StringBuilder("lw_default_");
    for (var i = 0; i < LENGTH; i++) {
      key.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return key.toString();
  }

  /** The key itself. */
  public static String text() {
    return TEXT;
  }

  /** The value of {@link #HEADER}. */
  public static String header() {
    return "Bearer " + TEXT;
  }

  /** Lets services in this environment take the key, unless they are to be open. */
  public static void configure(Map<String, String> environment) {
    if (!environment.containsKey(OPEN)) {
      environment.putIfAbsent(ADMIN_KEYS, TEXT);
    }
  }
}
