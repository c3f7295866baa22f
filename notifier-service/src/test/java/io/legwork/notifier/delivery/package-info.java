@NullMarked
package io.legwork.notifier.delivery;

import org.jspecify.annotations.NullMarked;
