/** What subscribers are told, and in which form. */
@NullMarked
package io.legwork.notification;

import org.jspecify.annotations.NullMarked;
