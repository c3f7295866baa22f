/** The chaos program as people run it: a process of its own, judged by how it ends. */
@NullMarked
package io.legwork.chaos;

import org.jspecify.annotations.NullMarked;
