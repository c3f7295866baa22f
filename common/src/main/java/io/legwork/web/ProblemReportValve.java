package io.legwork.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Tomcat refuses before any servlet sees it with a problem, in place of its page. */
public final class ProblemReportValve extends ErrorReportValve {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    boolean unanswered = response.getStatus() >= 400 && response.getContentWritten() == 0;
    if (!unanswered || !response.setErrorReported()) {
      return;
    }
    try {
      ProblemWriter.write(ProblemWriter.ofStatus(response.getStatus()), response.getResponse());
    } catch (IOException gone) {
      LOG.debug("The client did not wait for its answer", gone);
    }
  }
}
