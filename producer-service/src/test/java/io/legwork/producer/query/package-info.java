@NullMarked
package io.legwork.producer.query;

import org.jspecify.annotations.NullMarked;
