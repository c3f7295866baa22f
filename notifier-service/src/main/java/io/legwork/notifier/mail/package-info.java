/** Tells people by mail. */
@NullMarked
package io.legwork.notifier.mail;

import org.jspecify.annotations.NullMarked;
