@NullMarked
package io.legwork.producer.fairuse;

import org.jspecify.annotations.NullMarked;
