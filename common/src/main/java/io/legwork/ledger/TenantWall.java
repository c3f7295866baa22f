package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The second wall between tenants, in the database: a question that forgets to name its tenant is
 * asked as a role that sees one tenant's rows only. Role and tenant travel with the question and
 * end with it, so that any connection of the pool can carry it, and nothing costs a way of its own.
 */
public final class TenantWall {

  /** Both are local to the implicit transaction of what is sent together. */
  private static final String ENTER =
      """
      select set_config('role', 'legwork_tenant', true), set_config('legwork.tenant', ?, true);
      """;

  private TenantWall() {}

  /**
   * Raises the wall unless it stands.
   *
   * @return whether it stands; it does not where the user of the database may not make the role
   *     {@code legwork_tenant} and nobody has given it to him
   * @throws LedgerException if the database could not be asked
   */
  public static boolean raise(DataSource database) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement("select raise_tenant_wall()");
        ResultSet answer = statement.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    } catch (SQLException refused) {
      throw new LedgerException("raise the wall between tenants", refused);
    }
  }

  /** The question behind the wall: its first parameter is the tenant. */
  static String behind(String question) {
    return ENTER + question;
  }

  /** The answer to a question behind the wall. */
  static ResultSet answer(PreparedStatement statement) throws SQLException {
    statement.execute();
    statement.getMoreResults();
    return Objects.requireNonNull(statement.getResultSet(), "a question has an answer");
  }
}
