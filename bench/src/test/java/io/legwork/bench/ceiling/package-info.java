@NullMarked
package io.legwork.bench.ceiling;

import org.jspecify.annotations.NullMarked;
