@NullMarked
package io.legwork.notification;

import org.jspecify.annotations.NullMarked;
