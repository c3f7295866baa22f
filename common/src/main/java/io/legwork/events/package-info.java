/**
 * What others are told about a task: events, committed with the change they announce and published
 * afterwards, and how far the announcing has come.
 */
@NullMarked
package io.legwork.events;

import org.jspecify.annotations.NullMarked;
