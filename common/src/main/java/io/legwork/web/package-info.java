/**
 * What services with an API have in common before any controller of theirs: one reading of every
 * path, problems in place of the web server's own pages, the description of the API, and
 * connections that outlive their requests. Needs Spring MVC on Tomcat.
 */
@NullMarked
package io.legwork.web;

import org.jspecify.annotations.NullMarked;
