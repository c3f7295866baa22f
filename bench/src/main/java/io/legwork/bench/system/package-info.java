/**
 * The system that is measured: a broker, a database and Legwork's services as processes of their
 * own, what they cost, and what they say of the tasks they were given.
 */
@NullMarked
package io.legwork.bench.system;

import org.jspecify.annotations.NullMarked;
