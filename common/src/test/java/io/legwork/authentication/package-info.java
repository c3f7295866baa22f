@NullMarked
package io.legwork.authentication;

import org.jspecify.annotations.NullMarked;
