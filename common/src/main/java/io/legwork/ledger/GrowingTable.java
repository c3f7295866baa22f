package io.legwork.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that is partitioned by the time of its tasks' submission, and the SQL of its spans. A
 * span is named after the day in UTC before which it ends.
 *
 * @param table its name
 * @param id the column that names the task
 * @param sequence the column that orders its events, null if it tells none
 * @param options of its partitions
 */
record GrowingTable(String table, String id, @Nullable String sequence, String options) {

  static final GrowingTable FINISHED =
      new GrowingTable("finished_task", "id", "event_sequence", "");

  /** What belongs to a task, in the order in which a span is dropped. */
  static final List<GrowingTable> DEPENDENT =
      List.of(
          new GrowingTable("event", "task_id", "sequence", ""),
          new GrowingTable("task_attempt", "task_id", null, ""),
          new GrowingTable(
              "task_progress",
              "task_id",
              null,
              " with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02,"
                  + " autovacuum_vacuum_threshold = 1000)"),
          new GrowingTable("task_input", "id", null, ""));

  /** In the order in which a span is dropped: the others follow from the finished tasks. */
  static final List<GrowingTable> ALL =
      Stream.concat(Stream.of(FINISHED), DEPENDENT.stream()).toList();

  private static final DateTimeFormatter NAMED = DateTimeFormatter.BASIC_ISO_DATE;

  /** The day before which the span with a name ends. */
  static LocalDate end(String span) {
    return LocalDate.parse(span.substring(span.length() - 8), NAMED);
  }

  String span(LocalDate end) {
    return table + '_' + NAMED.format(end);
  }

  /** The partition of what belongs to no span. */
  String others() {
    return table + "_other";
  }

  String creation(LocalDate start, LocalDate end) {
    return "create table %s partition of %s for values from ('%s') to ('%s')%s"
        .formatted(span(end), table, lowestId(start), lowestId(end), options);
  }

  /**
   * Keeps the rows of a span that outlive it, up to a limit, in a table {@code kept}. Tasks that
   * end later have higher sequences, so that only the last ones of a large span are read.
   */
  String keeping(LocalDate end, Instant cutoff, int limit) {
    String candidates =
        equals(FINISHED)
            ? """
            (select * from %s where event_sequence is not null
             order by event_sequence desc limit %d)
            """
                .formatted(span(end), limit)
            : span(end);
    return "create temporary table kept on commit drop as select * from %s r where %s limit %d"
        .formatted(candidates, outliving(end, cutoff), limit);
  }

  /** Notes which events go with a span. */
  String noting(LocalDate end, Instant cutoff) {
    return """
    update event_retention set dropped_through = greatest(dropped_through,
      (select max(%s) from %s r where not (%s)))
    """
        .formatted(sequence, span(end), outliving(end, cutoff));
  }

  /**
   * Deletes what belongs to no span although its task belonged to one that is gone: as spans are
   * made a table at a time, they may begin at different days after a long time without any.
   */
  String clearing(LocalDate end) {
    String deletion =
        """
        delete from %1$s r where r.%2$s < '%3$s'
          and not exists (select from task t where t.id = r.%2$s)
          and not exists (select from finished_task f where f.tenant = r.tenant and f.id = r.%2$s)
        """
            .formatted(others(), id, lowestId(end));
    return sequence == null
        ? deletion
        : """
        with gone as (%s returning r.%s as sequence)
        update event_retention
        set dropped_through = greatest(dropped_through, (select max(sequence) from gone))
        """
            .formatted(deletion, sequence);
  }

  /**
   * Once the finished tasks of a span are gone, those of its tasks that are kept are open or belong
   * to no span.
   */
  private String outliving(LocalDate end, Instant cutoff) {
    return equals(FINISHED)
        ? "r.finished_at >= '%s'".formatted(cutoff)
        : """
        r.%s in (select id from task where id < '%s'
                 union all select id from finished_task_other where id < '%2$s')
        """
            .formatted(id, lowestId(end));
  }

  private static UUID lowestId(LocalDate day) {
    return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
  }
}
