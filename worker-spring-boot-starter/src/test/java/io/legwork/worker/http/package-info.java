@NullMarked
package io.legwork.worker.http;

import org.jspecify.annotations.NullMarked;
