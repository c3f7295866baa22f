/**
 * Serves the description of the API, which is written by hand in openapi.json and held against the
 * controllers by a test.
 */
@NullMarked
package io.legwork.producer.openapi;

import org.jspecify.annotations.NullMarked;
