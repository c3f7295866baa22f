@NullMarked
package io.legwork.secrets;

import org.jspecify.annotations.NullMarked;
