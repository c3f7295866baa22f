@NullMarked
package io.legwork.problems;

import org.jspecify.annotations.NullMarked;
