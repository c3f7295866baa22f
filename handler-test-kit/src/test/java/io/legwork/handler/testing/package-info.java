@NullMarked
package io.legwork.handler.testing;

import org.jspecify.annotations.NullMarked;
