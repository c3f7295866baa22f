package io.legwork.process;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of the database.
 *
 * @param allowUnsafeSettings whether a service starts although the database may lose what it has
 *     committed (fsync, full_page_writes or synchronous_commit is off); for experiments only
 */
@ConfigurationProperties("legwork.ledger")
record LedgerProperties(@DefaultValue("false") boolean allowUnsafeSettings) {}
