/** {@code image.thumbnail}: makes a picture smaller. */
@NullMarked
package io.legwork.examples.image;

import org.jspecify.annotations.NullMarked;
