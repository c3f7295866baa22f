@NullMarked
package io.legwork.producer.json;

import org.jspecify.annotations.NullMarked;
