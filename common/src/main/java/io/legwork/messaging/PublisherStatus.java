package io.legwork.messaging;

import org.jspecify.annotations.Nullable;

/**
 * How the publisher is doing.
 *
 * @param connected whether it has a connection it can publish on
 * @param blocked whether the broker has asked it to wait (memory or disk alarm)
 * @param buffered messages not on their way yet, those to be sent again included
 * @param unconfirmed messages sent that the broker has not answered for
 * @param confirmed how many the broker has taken responsibility for
 * @param nacked how often the broker refused one
 * @param returned how often one had no queue to go to
 * @param republished how often one was sent again, for whatever reason
 * @param timedOut how often the broker did not answer in time
 * @param problem what keeps it from working, or null
 */
public record PublisherStatus(
    boolean connected,
    boolean blocked,
    int buffered,
    int unconfirmed,
    long confirmed,
    long nacked,
    long returned,
    long republished,
    long timedOut,
    @Nullable String problem) {}
