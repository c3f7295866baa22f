package io.legwork.notifier.mail;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Puts the sending of mails together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationMailProperties.class)
class MailConfiguration {

  @Bean
  Mails mails(ObjectProvider<JavaMailSender> sender, NotificationMailProperties properties) {
    return new Mails(named(sender.getIfAvailable()), properties);
  }

  /** An empty host, such as an unset variable leaves, is no server. */
  private static @Nullable JavaMailSender named(@Nullable JavaMailSender sender) {
    return sender instanceof JavaMailSenderImpl impl
            && (impl.getHost() == null || impl.getHost().isBlank())
        ? null
        : sender;
  }
}
