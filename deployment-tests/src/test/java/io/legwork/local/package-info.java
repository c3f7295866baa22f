/**
 * The local stack with real servers. Every other module waits for the tests of its own module, so
 * these, which take long, are here.
 */
@NullMarked
package io.legwork.local;

import org.jspecify.annotations.NullMarked;
