/**
 * Everybody around the system: clients that submit, repeat, read and cancel, receivers of webhooks,
 * a reader of the event stream. They speak HTTP and write down what they said and what they heard.
 */
@NullMarked
package io.legwork.chaos.load;

import org.jspecify.annotations.NullMarked;
