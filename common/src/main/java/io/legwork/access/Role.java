package io.legwork.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do within its tenant. */
public enum Role {
  /** Submit tasks, and read. */
  SUBMIT,

  /** Read tasks, events, deliveries and subscriptions. */
  READ,

  /** Cancel, redrive, redeliver, keep subscriptions, and read. */
  OPERATE,

  /** Keep the keys; within {@code default} also the tenants. Nothing else. */
  ADMIN;

  /** Whether who has this role may do what the other one is asked for. */
  public boolean includes(Role other) {
    return this == other || (other == READ && this != ADMIN);
  }

  /** The name on the wire and in the ledger. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a name on the wire, if there is one. */
  public static Optional<Role> of(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
