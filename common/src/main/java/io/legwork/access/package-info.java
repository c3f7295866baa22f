/**
 * Who may do what: keys, roles, and what each endpoint asks for. Free of frameworks; {@code
 * io.legwork.authentication} applies it to requests.
 */
@NullMarked
package io.legwork.access;

import org.jspecify.annotations.NullMarked;
