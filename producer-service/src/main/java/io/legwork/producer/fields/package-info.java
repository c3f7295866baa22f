/**
 * Reads what senders write into the fields of JSON objects and into parameters, in one way for all.
 */
@NullMarked
package io.legwork.producer.fields;

import org.jspecify.annotations.NullMarked;
