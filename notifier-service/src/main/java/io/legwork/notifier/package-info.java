/** Tells whoever asked what became of a task. */
@NullMarked
package io.legwork.notifier;

import org.jspecify.annotations.NullMarked;
