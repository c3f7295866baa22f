/** Judges where people want to be told, before it is stored. */
@NullMarked
package io.legwork.producer.endpoint;

import org.jspecify.annotations.NullMarked;
