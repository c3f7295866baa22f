/**
 * Renders every overlay of k8s, reads what comes out strictly, and holds it against the code and
 * the configuration of the services, so that neither can change without the other.
 */
@NullMarked
package io.legwork.deployment;

import org.jspecify.annotations.NullMarked;
