package io.legwork.worker.handlers;

import java.util.List;

/** Brings handlers that are not Java classes of their own. */
public interface HandlerSource {

  /** The handlers; asked once, when the worker starts. */
  List<RegisteredHandler> handlers();
}
