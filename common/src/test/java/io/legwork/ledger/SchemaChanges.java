package io.legwork.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds in a migration what may break services of the version before, which go on while it is made
 * and after it: they read and write what there was, and know nothing of what is new.
 */
final class SchemaChanges {

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern CREATED =
      Pattern.compile("\\bcreate (?:unlogged )?(?:table|view|function) (?:if not exists )?(\\w+)");

  /** What a statement is about, and the table, if it is about one. */
  private static final Pattern SUBJECT =
      Pattern.compile(
          "^(?:alter table (?:if exists |only )*|create unique index .*?\\bon (?:only )?"
              + "|create (?:constraint )?trigger .*?\\bon )(\\w+)");

  private static final Pattern BREAKING =
      Pattern.compile(
          "^drop\\b|^truncate\\b|^delete\\b|^revoke\\b|^create unique index\\b"
              + "|^create (?:constraint )?trigger\\b|\\brename\\b|\\bset not null\\b"
              + "|\\bdrop (?!not null)|\\balter (?:column )?\\w+ (?:set data )?type\\b"
              + "|\\badd constraint\\b|\\badd (?:column )?(?:if not exists )?\\w+ (?=[^,]*\\bnot null\\b)"
              + "(?![^,]*\\bdefault\\b)");

  private SchemaChanges() {}

  /** The statements that may break, with blanks between words made single. */
  static List<String> breaking(String migration) {
    String sql =
        COMMENT.matcher(migration).replaceAll(" ").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    Set<String> created =
        CREATED
            .matcher(sql)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toUnmodifiableSet());
    return Arrays.stream(sql.split(";"))
        .map(String::strip)
        .filter(statement -> BREAKING.matcher(statement).find())
        .filter(statement -> !isAbout(created, statement))
        .toList();
  }

  private static boolean isAbout(Set<String> created, String statement) {
    return SUBJECT
        .matcher(statement)
        .results()
        .map((MatchResult found) -> found.group(1))
        .anyMatch(created::contains);
  }
}
