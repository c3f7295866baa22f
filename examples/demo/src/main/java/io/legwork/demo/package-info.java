/**
 * Legwork at work on real input, seen from outside: submits tasks over HTTP, receives their
 * webhooks, and checks that every one of them ended as it should. Shares no code with the services,
 * so it also shows what a client needs.
 */
@NullMarked
package io.legwork.demo;

import org.jspecify.annotations.NullMarked;
