@NullMarked
package io.legwork.handler.runtime;

import org.jspecify.annotations.NullMarked;
