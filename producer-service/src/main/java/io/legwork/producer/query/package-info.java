/** Answers questions about tasks: one, many, and the history of one. */
@NullMarked
package io.legwork.producer.query;

import org.jspecify.annotations.NullMarked;
