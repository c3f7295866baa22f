@NullMarked
package io.legwork.notifier.intake;

import org.jspecify.annotations.NullMarked;
