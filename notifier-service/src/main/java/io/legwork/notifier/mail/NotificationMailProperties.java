package io.legwork.notifier.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are written. The server is set with {@code spring.mail.*}; without one mails wait.
 *
 * @param from the address of the sender
 * @param baseUrl put before the path of a task, so that a mail has a link to it
 */
@ConfigurationProperties("legwork.mail")
record NotificationMailProperties(
    @DefaultValue("legwork@localhost") String from,
    @DefaultValue("http://localhost:8080") String baseUrl) {}
