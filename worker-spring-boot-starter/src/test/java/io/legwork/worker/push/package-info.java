@NullMarked
package io.legwork.worker.push;

import org.jspecify.annotations.NullMarked;
