@NullMarked
package io.legwork.worker;

import org.jspecify.annotations.NullMarked;
