package io.legwork.notifier.delivery;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as it was made.
 *
 * @param request the head of what was sent, or null if nothing was
 */
record Sent(@Nullable String request, Answer answer) {}
