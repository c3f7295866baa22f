@NullMarked
package io.legwork.bench.report;

import org.jspecify.annotations.NullMarked;
