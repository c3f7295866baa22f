/** Answers to whom a task was announced, and how they took it. */
@NullMarked
package io.legwork.producer.delivery;

import org.jspecify.annotations.NullMarked;
