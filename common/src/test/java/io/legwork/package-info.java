@NullMarked
package io.legwork;

import org.jspecify.annotations.NullMarked;
