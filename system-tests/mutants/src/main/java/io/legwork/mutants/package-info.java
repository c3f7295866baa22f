/**
 * Breaks a promise of Legwork on purpose: an agent that changes one method or one statement of a
 * service while its class is loaded. The services themselves have no switch for it. The tests show
 * with it that the checker of the chaos program notices. The chaos program ends services with it
 * between two steps of their work, too.
 */
@NullMarked
package io.legwork.mutants;

import org.jspecify.annotations.NullMarked;
