/** What all endpoints share: how a refusal or a failure is answered. */
@NullMarked
package io.legwork.notifier.web;

import org.jspecify.annotations.NullMarked;
