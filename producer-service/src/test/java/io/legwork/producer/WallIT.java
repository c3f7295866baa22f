package io.legwork.producer;

import static io.legwork.producer.Guarded.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service asks behind the wall between tenants unless it is told not to (guarantee G12). */
class WallIT {

  private final DatabaseAccess database = TestInfra.database();

  @Test
  void asksAsTheRoleThatSeesOneTenant() {
    try (Guarded walled = Guarded.start(database)) {
      String path =
          "/v1/tasks/" + walled.post("/v1/tasks", "{'type':'echo','payload':1}", OWNER).text("id");
      assertThat(walled.call("GET", path, OWNER).status()).isEqualTo(200);

      JdbcClient.create(walled.producer().bean(DataSource.class))
          .sql("revoke select on task, finished_task from legwork_tenant")
          .update();

      assertThat(walled.call("GET", path, OWNER).status()).isGreaterThanOrEqualTo(500);
      try (Guarded open = Guarded.start(database, "--legwork.ledger.tenant-wall=false")) {
        assertThat(open.call("GET", path, OWNER).status()).isEqualTo(200);
      }
    }
  }
}
