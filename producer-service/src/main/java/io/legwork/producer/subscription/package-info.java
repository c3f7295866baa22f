/** Lets people say what they want to be told about, and where. */
@NullMarked
package io.legwork.producer.subscription;

import org.jspecify.annotations.NullMarked;
