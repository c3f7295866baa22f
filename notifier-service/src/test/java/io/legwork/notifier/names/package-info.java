/** Names whose addresses a test decides about, with a name server of its own. */
@NullMarked
package io.legwork.notifier.names;

import org.jspecify.annotations.NullMarked;
