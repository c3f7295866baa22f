package io.legwork.ledger;

/**
 * The advisory locks that Legwork takes in its database. Their numbers stay as they are: processes
 * of two versions must wait for each other.
 */
final class Locks {

  /** Events take their sequence in the order of commits. */
  static final int EVENTS = 7_236_838;

  /** Days of deliveries are added and dropped. */
  static final int DELIVERY_DAYS = 7_236_839;

  /** Subscriptions take their version in the order of commits. */
  static final int SUBSCRIPTIONS = 7_236_840;

  /** Keys take their version in the order of commits. */
  static final int API_KEYS = 7_236_841;

  /** Spans of tasks are added and dropped. */
  static final int TASK_SPANS = 7_236_842;

  /** Entries of the audit log follow each other. */
  static final int AUDIT = 7_236_843;

  /** The wall between tenants is raised; the migration names it. */
  static final int TENANT_WALL = 7_236_844;

  private Locks() {}
}
