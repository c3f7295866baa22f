/** The dispatch, without a broker or database. */
@NullMarked
package io.legwork.producer.dispatch;

import org.jspecify.annotations.NullMarked;
