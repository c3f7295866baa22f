package io.legwork.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Who a service process is: a new one at every start.
 *
 * @param id unique for ever
 * @param kind the name of the service
 * @param host where it runs, for people
 * @param pid its process id there, for people
 */
public record ProcessIdentity(UUID id, String kind, String host, long pid) {

  /** The identity of this process. */
  public static ProcessIdentity current(UUID id, String kind) {
    return new ProcessIdentity(id, kind, hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
