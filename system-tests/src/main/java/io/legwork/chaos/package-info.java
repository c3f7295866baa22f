/**
 * The chaos program: starts a Legwork of its own, loads it, breaks it in every way it knows, heals
 * it, and then decides from the histories whether any promise was broken. Shares no code with the
 * services; what it knows of them is their HTTP API.
 */
@NullMarked
package io.legwork.chaos;

import org.jspecify.annotations.NullMarked;
