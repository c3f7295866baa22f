@NullMarked
package io.legwork.task;

import org.jspecify.annotations.NullMarked;
