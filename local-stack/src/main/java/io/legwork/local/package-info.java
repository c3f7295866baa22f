/**
 * The whole system on one machine without containers: a private broker and database, the services
 * as processes, and the command line that starts, watches and stops them. Tests of every module
 * take their broker and database from {@link io.legwork.local.TestInfra}.
 */
@NullMarked
package io.legwork.local;

import org.jspecify.annotations.NullMarked;
