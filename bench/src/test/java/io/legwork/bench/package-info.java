@NullMarked
package io.legwork.bench;

import org.jspecify.annotations.NullMarked;
