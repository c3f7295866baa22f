/**
 * What all endpoints share: reading bodies within bounds, answering JSON, and answering everything
 * that goes wrong, wherever it does, with a problem.
 */
@NullMarked
package io.legwork.producer.web;

import org.jspecify.annotations.NullMarked;
