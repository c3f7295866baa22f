/** The worker that comes with Legwork, an application of the starter. */
@NullMarked
package io.legwork.worker;

import org.jspecify.annotations.NullMarked;
