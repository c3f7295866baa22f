/**
 * What a task is: its identity, its states and the moves between them, what a submitter may ask for
 * and how long to wait between attempts. Free of frameworks, the broker and the database.
 */
@NullMarked
package io.legwork.task;

import org.jspecify.annotations.NullMarked;
