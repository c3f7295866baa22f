package io.legwork.process;

import io.legwork.messaging.TopologyMismatchException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator how to make room for the queue or exchange that is needed. */
final class TopologyMismatchFailureAnalyzer
    extends AbstractFailureAnalyzer<TopologyMismatchException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, TopologyMismatchException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        """
        Delete %1$s and start again. It is declared anew as it has to be, and tasks whose messages \
        were in it are sent again from the ledger:

            rabbitmqctl delete_queue --vhost <virtual host> '%1$s'

        An exchange is deleted in the management interface. If something else needs it as it is, \
        give Legwork a virtual host of its own (SPRING_RABBITMQ_VIRTUAL_HOST).\
        """
            .formatted(cause.name()),
        cause);
  }
}
