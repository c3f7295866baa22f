/**
 * The whole system from outside: the packaged services as processes of their own, driven over HTTP,
 * with a real broker and a real database. Nothing here knows how the services are built.
 */
@NullMarked
package io.legwork.system;

import org.jspecify.annotations.NullMarked;
