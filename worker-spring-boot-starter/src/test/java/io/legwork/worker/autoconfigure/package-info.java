@NullMarked
package io.legwork.worker.autoconfigure;

import org.jspecify.annotations.NullMarked;
