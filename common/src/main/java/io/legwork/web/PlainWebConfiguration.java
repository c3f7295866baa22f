package io.legwork.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service with an API imports to answer everything with problems. */
@Configuration(proxyBeanMethods = false)
public class PlainWebConfiguration {

  @Bean
  PlainPathFilter plainPathFilter() {
    return new PlainPathFilter();
  }

  @Bean
  ServletErrorController servletErrorController() {
    return new ServletErrorController();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
    TomcatContextCustomizer reports =
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
          }
        };
    return server -> server.addContextCustomizers(reports);
  }
}
