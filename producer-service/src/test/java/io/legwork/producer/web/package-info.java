@NullMarked
package io.legwork.producer.web;

import org.jspecify.annotations.NullMarked;
