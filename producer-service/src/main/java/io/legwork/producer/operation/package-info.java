/** What an operator does to tasks: cancel, and start anew. */
@NullMarked
package io.legwork.producer.operation;

import org.jspecify.annotations.NullMarked;
