@NullMarked
package io.legwork.worker.bindings;

import org.jspecify.annotations.NullMarked;
