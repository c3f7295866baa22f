@NullMarked
package io.legwork.access;

import org.jspecify.annotations.NullMarked;
