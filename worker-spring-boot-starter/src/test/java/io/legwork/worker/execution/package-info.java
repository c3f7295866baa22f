@NullMarked
package io.legwork.worker.execution;

import org.jspecify.annotations.NullMarked;
