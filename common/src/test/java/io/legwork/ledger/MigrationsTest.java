package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services of the version before go on while the schema is migrated and after it, so that an update
 * needs no pause.
 */
class MigrationsTest {

  /** Before services of this version start, those from before it have to be stopped (V5, V9). */
  private static final int BASELINE = 9;

  /**
   * What breaks the version before all the same, with why it may; by the number of the migration.
   * The changelog has to tell what to do.
   */
  private static final Map<Integer, String> ACCEPTED = Map.of();

  private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");
  private static final Pattern NAME = Pattern.compile("V([0-9]+)__[a-z0-9_]+\\.sql");

  @Test
  void takeNothingAwayThatTheVersionBeforeUses() {
    Map<Integer, List<String>> breaking = new TreeMap<>();
    migrations()
        .forEach((number, sql) -> {
          if (number > BASELINE && !ACCEPTED.containsKey(number)) {
            breaking.put(number, SchemaChanges.breaking(sql));
          }
        });

    assertThat(breaking)
        .isNotEmpty()
        .allSatisfy((number, statements) -> assertThat(statements).as("V%d", number).isEmpty());
  }

  @Test
  void areNoticedWhereTheyDid() {
    assertThat(SchemaChanges.breaking(migrations().getOrDefault(9, ""))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table task;",
        "alter table task drop column reason;",
        "alter table task\n  rename column reason to why;",
        "ALTER TABLE task RENAME TO job;",
        "alter table task alter column attempt type bigint;",
        "alter table task alter attempt set data type bigint;",
        "alter table task alter column reason set not null;",
        "alter table task add column size bigint not null;",
        "alter table task add size bigint not null, add column x text not null default '';",
        "alter table task add column x text not null default '', add size bigint not null;",
        "alter table task add constraint small check (attempt < 9);",
        "create unique index task_once on task (type);",
        "create trigger refuse before update on task for each row execute function refuse();",
        "create table other (id uuid); drop index task_due;",
        "delete from task where attempt = 0;",
        "revoke select on task from public;"
      })
  void mayNotDo(String sql) {
    assertThat(SchemaChanges.breaking(sql)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table other (id uuid not null primary key); create unique index x on other (id);",
        "-- drop table task;\nalter table task add column size bigint;",
        "alter table task add column size bigint not null default 0;",
        "alter table task alter column reason drop not null;",
        "create index task_type on task (type);",
        "create table other (id uuid); alter table other add constraint x check (id is not null);"
      })
  void mayDo(String sql) {
    assertThat(SchemaChanges.breaking(sql)).isEmpty();
  }

  /** What the migrations say, by their numbers. */
  private static Map<Integer, String> migrations() {
    Map<Integer, String> found = new TreeMap<>();
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      assertThat(name.matches()).as(file.toString()).isTrue();
      try {
        found.put(Integer.valueOf(name.group(1)), Files.readString(file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return found;
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return new ArrayList<>(files.toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
