/**
 * Puts tasks into their queues: fresh ones right after their commit, others when they are due, and
 * again when their message or their worker was lost (decisions 1 and 5).
 */
@NullMarked
package io.legwork.producer.dispatch;

import org.jspecify.annotations.NullMarked;
