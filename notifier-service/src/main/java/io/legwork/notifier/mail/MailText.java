package io.legwork.notifier.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Fills the templates of mails: {@code mail/mail.txt} and {@code mail/mail.html}. */
final class MailText {

  private static final String PLAIN = template("mail.txt");
  private static final String HTML = template("mail.html");

  private MailText() {}

  static String subject(List<MailEvent> events) {
    return events.size() == 1
        ? "[Legwork] " + events.getFirst().title()
        : "[Legwork] %d events".formatted(events.size());
  }

  static String plain(List<MailEvent> events) {
    String told =
        events.stream()
            .map(event -> event.title() + "\n" + facts(event, "  %s: %s\n"))
            .collect(Collectors.joining("\n"));
    return PLAIN.replace("{{events}}", told);
  }

  /** Everything that comes from a task is escaped. */
  static String html(List<MailEvent> events) {
    String told =
        events.stream()
            .map(event ->
                "<h2>%s</h2>\n<table>\n%s</table>\n"
                    .formatted(
                        HtmlUtils.htmlEscape(event.title()),
                        facts(escaped(event), "<tr><th>%s</th><td>%s</td></tr>\n")))
            .collect(Collectors.joining());
    return HTML.replace("{{events}}", told);
  }

  private static MailEvent escaped(MailEvent event) {
    return new MailEvent(
        event.title(),
        event.facts().entrySet().stream()
            .collect(
                Collectors.toMap(
                    fact -> fact.getKey(),
                    fact -> HtmlUtils.htmlEscape(fact.getValue()),
                    (first, _) -> first,
                    LinkedHashMap::new)));
  }

  private static String facts(MailEvent event, String line) {
    return event.facts().entrySet().stream()
        .map(fact -> line.formatted(fact.getKey(), fact.getValue()))
        .collect(Collectors.joining());
  }

  private static String template(String name) {
    try (InputStream in = MailText.class.getResourceAsStream("/mail/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the template is missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
