/**
 * Lets only those in who prove who they are, and to nothing but what {@link
 * io.legwork.access.Endpoints} allows them: stateless, closed by default, without a question to the
 * ledger on the way of a request. For services with an API; needs Spring Security, and Spring MVC
 * on Tomcat.
 */
@NullMarked
package io.legwork.authentication;

import org.jspecify.annotations.NullMarked;
