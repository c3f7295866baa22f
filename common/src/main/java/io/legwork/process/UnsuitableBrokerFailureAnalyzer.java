package io.legwork.process;

import io.legwork.messaging.UnsuitableBrokerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator which broker is needed. */
final class UnsuitableBrokerFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsuitableBrokerException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableBrokerException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Let SPRING_RABBITMQ_HOST and SPRING_RABBITMQ_PORT name RabbitMQ 3.10 or later, without a"
            + " proxy in between that speaks AMQP itself.",
        cause);
  }
}
