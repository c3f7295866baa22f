package io.legwork.authentication;

/** Ends the start of a service that could let nobody in. */
final class NoAccessException extends RuntimeException {

  NoAccessException() {
    super("No key is configured, and there is none in the ledger: nobody could use this service.");
  }
}
