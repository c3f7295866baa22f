package io.legwork.producer.audit;

import io.legwork.ledger.AuditLog;
import io.legwork.task.UuidV7;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the audit log together. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  /**
   * After the roles, which are judged in the usual order, that is 0: what they refuse is not done.
   */
  private static final int AFTER_ROLES = 1;

  @Bean
  AuditLog auditLog(DataSource ledger) {
    return new AuditLog(ledger);
  }

  @Bean
  WebMvcConfigurer auditing(AuditLog log, UuidV7 ids) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AuditInterceptor(log, ids)).order(AFTER_ROLES);
      }
    };
  }
}
