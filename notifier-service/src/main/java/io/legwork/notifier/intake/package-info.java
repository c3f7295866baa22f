/**
 * Takes the events off the broker and hands each to those it concerns, before it is acknowledged.
 */
@NullMarked
package io.legwork.notifier.intake;

import org.jspecify.annotations.NullMarked;
