package io.legwork.ledger;

import io.legwork.secrets.ReportKey;
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
 * @param reportKey proves to whom it gave an attempt
 */
public record ProcessIdentity(UUID id, String kind, String host, long pid, ReportKey reportKey) {

  /** The identity of this process. */
  public static ProcessIdentity current(UUID id, String kind) {
    return new ProcessIdentity(
        id, kind, hostName(), ProcessHandle.current().pid(), ReportKey.random());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
