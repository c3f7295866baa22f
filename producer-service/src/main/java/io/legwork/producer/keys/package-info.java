/** Keys are made, looked at, rotated and revoked. */
@NullMarked
package io.legwork.producer.keys;

import org.jspecify.annotations.NullMarked;
