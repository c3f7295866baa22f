@NullMarked
package io.legwork.notifier;

import org.jspecify.annotations.NullMarked;
