@NullMarked
package io.legwork.batching;

import org.jspecify.annotations.NullMarked;
