/** What goes wrong, and when: faults from a schedule that a seed decides, each with its healing. */
@NullMarked
package io.legwork.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
