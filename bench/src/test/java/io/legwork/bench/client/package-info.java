@NullMarked
package io.legwork.bench.client;

import org.jspecify.annotations.NullMarked;
