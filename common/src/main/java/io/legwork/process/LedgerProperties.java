package io.legwork.process;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of the database.
 *
 * @param allowUnsafeSettings whether a service starts although the database may lose what it has
 *     committed (fsync, full_page_writes or synchronous_commit is off); for experiments only
 * @param tenantWall whether what one tenant asks is asked as the role {@code legwork_tenant}, which
 *     sees the rows of one tenant only, if the database lets the service make that role or take it
 */
@ConfigurationProperties("legwork.ledger")
record LedgerProperties(
    @DefaultValue("false") boolean allowUnsafeSettings, @DefaultValue("true") boolean tenantWall) {}
