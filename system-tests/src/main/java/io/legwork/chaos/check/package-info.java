/**
 * Decides whether the histories of a run are those of a system that keeps its promises. Knows
 * nothing of how the services are built: what it holds against each other is what clients were
 * told, what handlers did, what receivers got, and what the API shows in the end.
 */
@NullMarked
package io.legwork.chaos.check;

import org.jspecify.annotations.NullMarked;
