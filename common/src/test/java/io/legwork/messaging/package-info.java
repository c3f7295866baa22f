@NullMarked
package io.legwork.messaging;

import org.jspecify.annotations.NullMarked;
