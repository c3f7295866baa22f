/**
 * Packaged services as processes of whoever starts them, on ports that nobody else has: what the
 * chaos program and the benchmark build their systems of, with the commands and signals it takes.
 */
@NullMarked
package io.legwork.local.service;

import org.jspecify.annotations.NullMarked;
