@NullMarked
package io.legwork.producer.fields;

import org.jspecify.annotations.NullMarked;
