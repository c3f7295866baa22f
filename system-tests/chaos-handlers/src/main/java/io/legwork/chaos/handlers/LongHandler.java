package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;

/** Takes much longer than a lease lasts. */
@Handles(value = "chaos.long", longRunning = true)
public final class LongHandler extends Working {}
