@NullMarked
package io.legwork.producer.waiting;

import org.jspecify.annotations.NullMarked;
