package io.legwork.producer.dispatch;

import io.legwork.ledger.ExpiredTasks;
import io.legwork.ledger.LostAttempts;
import io.legwork.ledger.SilentProcesses;

/** The parts of the ledger that {@link Recovery} works on. */
record RecoveryParts(
    LostAttempts lostAttempts, ExpiredTasks expiredTasks, SilentProcesses processes) {}
