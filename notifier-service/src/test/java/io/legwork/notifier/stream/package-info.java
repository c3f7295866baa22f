@NullMarked
package io.legwork.notifier.stream;

import org.jspecify.annotations.NullMarked;
