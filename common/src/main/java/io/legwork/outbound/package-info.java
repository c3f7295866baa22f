/**
 * Requests to addresses that somebody outside has named: which may be made is decided in one place,
 * {@link io.legwork.outbound.OutboundPolicy}, on the very address that is connected to.
 */
@NullMarked
package io.legwork.outbound;

import org.jspecify.annotations.NullMarked;
