/** A seed decides what goes wrong. */
@NullMarked
package io.legwork.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
