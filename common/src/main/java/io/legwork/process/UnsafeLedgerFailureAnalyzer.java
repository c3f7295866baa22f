package io.legwork.process;

import io.legwork.ledger.UnsafeLedgerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator how to make the database keep what it commits. */
final class UnsafeLedgerFailureAnalyzer extends AbstractFailureAnalyzer<UnsafeLedgerException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnsafeLedgerException cause) {
    return new FailureAnalysis(
        cause.getMessage()
            + " Legwork promises that nothing accepted is lost, so it does not start.",
        """
        Switch them on and start again. Where a setting comes from is said above:

            configuration file  ALTER SYSTEM SET <setting> = on; SELECT pg_reload_conf();
            command line        start PostgreSQL without it
            database            ALTER DATABASE <database> RESET synchronous_commit;
            user                ALTER ROLE <user> RESET synchronous_commit;
            database user       ALTER ROLE <user> IN DATABASE <database> RESET synchronous_commit;
            client              take it out of the options in SPRING_DATASOURCE_URL

        synchronous_commit may be on, local, remote_write or remote_apply. For experiments with \
        work that may be lost, LEGWORK_LEDGER_ALLOW_UNSAFE_SETTINGS=true starts nevertheless.\
        """,
        cause);
  }
}
