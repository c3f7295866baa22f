/** What the faults of the network really do. */
@NullMarked
package io.legwork.chaos.stack;

import org.jspecify.annotations.NullMarked;
