package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.ledger.Claim;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.TaskClaims;
import io.legwork.secrets.ContentCipher;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What {@link Execution} works with.
 *
 * @param contents opens and seals what tasks carry
 * @param spans tells of attempts
 * @param timer does what is due by time and is never made to wait
 * @param ledgerWork does what waits for the ledger
 */
record ExecutionParts(
    RunningAttempts running,
    Batcher<ClaimRequest, Claim> claimBatcher,
    TaskClaims claims,
    Takeover takeover,
    OutcomeRecorder recorder,
    Verdict verdict,
    ExecutionMetrics metrics,
    Reports reports,
    ProgressRecorder progress,
    ContentCipher contents,
    RunTimes runTimes,
    AttemptSpans spans,
    ScheduledExecutorService timer,
    ScheduledExecutorService ledgerWork) {}
