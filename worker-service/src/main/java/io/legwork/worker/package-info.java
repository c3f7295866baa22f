/** Takes tasks from their queues, runs them and records how they ended. */
@NullMarked
package io.legwork.worker;

import org.jspecify.annotations.NullMarked;
