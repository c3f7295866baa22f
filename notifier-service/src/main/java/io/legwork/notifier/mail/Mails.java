package io.legwork.notifier.mail;

import io.legwork.task.Json;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Writes and sends mails: one event each, or several as a digest. Thread-safe. */
public final class Mails {

  private static final int LONGEST_ERROR = 500;

  private final @Nullable JavaMailSender sender;
  private final NotificationMailProperties properties;

  Mails(@Nullable JavaMailSender sender, NotificationMailProperties properties) {
    this.sender = sender;
    this.properties = properties;
  }

  /**
   * Something to be told.
   *
   * @param event the id of the event, which the mail names in a header
   * @param body as it would be sent as a webhook
   */
  public record Told(UUID event, String type, Json body) {}

  /**
   * Sends one mail.
   *
   * @param told what it tells, at least one
   * @return what went wrong, or null if the server has taken it
   */
  public @Nullable String send(String address, List<Told> told) {
    if (sender == null) {
      return "there is no mail server: set spring.mail.host";
    }
    try {
      sender.send(message(sender, address, told));
      return null;
    } catch (MailException | MessagingException failure) {
      String reason = "the mail server did not take it: " + failure.getMessage();
      return reason.length() > LONGEST_ERROR ? reason.substring(0, LONGEST_ERROR) : reason;
    }
  }

  private MimeMessage message(JavaMailSender with, String address, List<Told> told)
      throws MessagingException {
    List<MailEvent> events =
        told.stream().map(it -> MailEvent.of(it.type(), it.body(), properties.baseUrl())).toList();
    MimeMessage message = with.createMimeMessage();
    MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
    helper.setFrom(properties.from());
    helper.setTo(address);
    helper.setSubject(MailText.subject(events));
    helper.setText(MailText.plain(events), MailText.html(events));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader(
        "X-Legwork-Event",
        told.stream().map(it -> it.event().toString()).collect(Collectors.joining(",\r\n ")));
    return message;
  }
}
