/** How much each tenant and each key may submit, over all producers. */
@NullMarked
package io.legwork.producer.fairuse;

import org.jspecify.annotations.NullMarked;
