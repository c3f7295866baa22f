/** The log of what operators and admins did. */
@NullMarked
package io.legwork.producer.audit;

import org.jspecify.annotations.NullMarked;
