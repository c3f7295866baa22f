package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;

/** Takes some seconds. */
@Handles("chaos.slow")
public final class SlowHandler extends Working {}
