/**
 * Webhooks: who is to be told about an event, making the request (Standard Webhooks 1.0), and what
 * follows from the answer.
 */
@NullMarked
package io.legwork.notifier.delivery;

import org.jspecify.annotations.NullMarked;
