/**
 * The built-in handler of {@code http.request}: makes one HTTP request per attempt and keeps the
 * answer as the task's result. Where requests may go is decided in one place, {@link
 * io.legwork.outbound.OutboundPolicy}.
 */
@NullMarked
package io.legwork.worker.http;

import org.jspecify.annotations.NullMarked;
