package io.legwork.producer.submission;

import org.jspecify.annotations.Nullable;

/**
 * Where a submission came from.
 *
 * @param tenant whose task it will be
 * @param traceparent the submitter's W3C trace context, or null
 */
record Origin(String tenant, @Nullable String traceparent) {}
