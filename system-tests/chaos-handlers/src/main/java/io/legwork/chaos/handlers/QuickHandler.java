package io.legwork.chaos.handlers;

import io.legwork.handler.Handles;

/** Takes some milliseconds. */
@Handles("chaos.quick")
public final class QuickHandler extends Working {}
