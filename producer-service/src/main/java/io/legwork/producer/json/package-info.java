/**
 * Reads JSON that strangers sent: strictly (RFC 8259, no duplicate names, nothing after the end),
 * within bounds, and without losing which bytes a value came from, so that payloads can be passed
 * on untouched.
 */
@NullMarked
package io.legwork.producer.json;

import org.jspecify.annotations.NullMarked;
