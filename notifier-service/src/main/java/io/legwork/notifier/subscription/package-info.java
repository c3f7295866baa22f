/** Knows the subscriptions as they are now, and disables those whose receivers only fail. */
@NullMarked
package io.legwork.notifier.subscription;

import org.jspecify.annotations.NullMarked;
