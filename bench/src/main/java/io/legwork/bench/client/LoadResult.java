package io.legwork.bench.client;

/**
 * What a client saw.
 *
 * @param startedMicros when it began to send, in microseconds of the epoch
 * @param endedMicros when the last answer had come
 * @param cpuMicros the processor time of the client
 * @param sent tasks in requests that were sent
 * @param accepted tasks that were accepted, or questions that were answered
 * @param refused tasks that were answered 503, or guesses that were wrong
 * @param refusedWithoutAdvice those of them whose answer had no Retry-After
 * @param late tasks that had not ended when a request that waits for that was answered
 * @param unknown tasks in requests without an answer, or with another one
 * @param firstProblem the first of the other answers, or what kept a request from being answered
 * @param latency from the intended start of a request to the end of its answer, in nanoseconds: an
 *     HdrHistogram, compressed and in Base64
 */
public record LoadResult(
    long startedMicros,
    long endedMicros,
    long cpuMicros,
    long sent,
    long accepted,
    long refused,
    long refusedWithoutAdvice,
    long late,
    long unknown,
    String firstProblem,
    String latency) {}
