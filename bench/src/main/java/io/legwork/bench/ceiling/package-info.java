/** What broker, database and HTTP can do by themselves, measured beside Legwork. */
@NullMarked
package io.legwork.bench.ceiling;

import org.jspecify.annotations.NullMarked;
