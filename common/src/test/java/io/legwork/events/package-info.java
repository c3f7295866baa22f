@NullMarked
package io.legwork.events;

import org.jspecify.annotations.NullMarked;
