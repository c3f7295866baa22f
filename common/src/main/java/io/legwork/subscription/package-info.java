/** Who wants to be told about which events, and how: the model that the services share. */
@NullMarked
package io.legwork.subscription;

import org.jspecify.annotations.NullMarked;
