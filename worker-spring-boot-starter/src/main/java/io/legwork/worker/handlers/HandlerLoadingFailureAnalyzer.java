package io.legwork.worker.handlers;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator in three sentences why the worker did not start. */
final class HandlerLoadingFailureAnalyzer extends AbstractFailureAnalyzer<HandlerLoadingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, HandlerLoadingException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
