/** What was measured, as a table, as JSON and as one HTML page that needs nothing else. */
@NullMarked
package io.legwork.bench.report;

import org.jspecify.annotations.NullMarked;
