package io.legwork.access;

/** How much an operation is about. */
public enum Reach {
  /** The tasks within the caller's scope. */
  SCOPE,

  /** All of the caller's tenant: callers with a limited scope are refused. */
  TENANT,

  /** All tenants: only those who keep the installation, the admins of {@code default}, may. */
  INSTALLATION
}
