@NullMarked
package io.legwork.producer.endpoint;

import org.jspecify.annotations.NullMarked;
