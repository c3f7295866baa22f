@NullMarked
package io.legwork.worker.exec;

import org.jspecify.annotations.NullMarked;
