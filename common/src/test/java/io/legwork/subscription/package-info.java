@NullMarked
package io.legwork.subscription;

import org.jspecify.annotations.NullMarked;
