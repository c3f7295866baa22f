/**
 * Proves over and over again that every accepted task is open or finished, and tells operators at
 * once when one is not (guarantee G3).
 */
@NullMarked
package io.legwork.producer.accounting;

import org.jspecify.annotations.NullMarked;
