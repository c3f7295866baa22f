/** Which task types there are, and what their payloads have to be like. */
@NullMarked
package io.legwork.producer.types;

import org.jspecify.annotations.NullMarked;
