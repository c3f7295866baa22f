@NullMarked
package io.legwork.bench.system;

import org.jspecify.annotations.NullMarked;
