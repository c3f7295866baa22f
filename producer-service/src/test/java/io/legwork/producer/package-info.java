@NullMarked
package io.legwork.producer;

import org.jspecify.annotations.NullMarked;
