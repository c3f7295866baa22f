@NullMarked
package io.legwork.examples.invoice;

import org.jspecify.annotations.NullMarked;
