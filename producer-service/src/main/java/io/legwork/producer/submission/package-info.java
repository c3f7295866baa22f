/**
 * Accepts tasks: reads what was sent, refuses what is wrong with it, and answers once the ledger
 * has committed the rest (guarantee G1).
 */
@NullMarked
package io.legwork.producer.submission;

import org.jspecify.annotations.NullMarked;
