@NullMarked
package io.legwork.producer.submission;

import org.jspecify.annotations.NullMarked;
