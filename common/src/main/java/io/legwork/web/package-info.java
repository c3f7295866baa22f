/**
 * What services with an API have in common before any controller: one reading of every path, and
 * problems in place of the web server's own pages. Needs Spring MVC on Tomcat.
 */
@NullMarked
package io.legwork.web;

import org.jspecify.annotations.NullMarked;
