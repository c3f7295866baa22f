/** Accepts tasks over HTTP, dispatches them and answers questions about them. */
@NullMarked
package io.legwork.producer;

import org.jspecify.annotations.NullMarked;
