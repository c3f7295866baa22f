@NullMarked
package io.legwork.outbound;

import org.jspecify.annotations.NullMarked;
