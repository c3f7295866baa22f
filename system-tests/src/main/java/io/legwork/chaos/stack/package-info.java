/**
 * The system under test: Legwork's packaged services, a broker and a database, all as processes of
 * their own, with a proxy in every connection between them.
 */
@NullMarked
package io.legwork.chaos.stack;

import org.jspecify.annotations.NullMarked;
