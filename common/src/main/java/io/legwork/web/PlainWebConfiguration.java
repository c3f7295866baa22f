package io.legwork.web;

import java.io.IOException;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a service with an API imports to describe it, and to answer with problems whatever it does
 * not take.
 */
@Configuration(proxyBeanMethods = false)
public class PlainWebConfiguration {

  @Bean
  PlainPathFilter plainPathFilter() {
    return new PlainPathFilter();
  }

  @Bean
  LoopFilter loopFilter() {
    return new LoopFilter();
  }

  @Bean
  ServletErrorController servletErrorController() {
    return new ServletErrorController();
  }

  @Bean
  OpenApiController openApiController() throws IOException {
    return new OpenApiController();
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
