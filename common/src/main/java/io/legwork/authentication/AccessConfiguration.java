package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.ledger.ApiKeys;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import io.legwork.secrets.SecretCipher;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What a service with an API imports to be closed to strangers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, OidcProperties.class})
public class AccessConfiguration {

  /**
   * 19 KB each, 16 of which are the buffers that Tomcat has for every connection that is open; less
   * where those are smaller. Beside them a notifier has room for all its streams.
   */
  private static final int MOST_DETAINED = 1_500;

  /** Where the server takes few connections, a quarter of them is for those with a right key. */
  private static final double SHARE = 0.75;

  /** Some 90 KB each, as long as they keep their thread. */
  private static final int MOST_THREADS = 256;

  /** As long as the answer tells them to wait. */
  private static final Duration DETAINED = ProblemType.TOO_MANY_FAILURES.retryAfter().orElseThrow();

  @Bean
  ApiKeys apiKeys(DataSource ledger) {
    return new ApiKeys(ledger);
  }

  @Bean
  KeyBook keyBook(ApiKeys keys, AccessProperties properties, InstantSource clock) {
    return new KeyBook(keys, properties.configured(), clock, System::nanoTime);
  }

  @Bean
  KeyWatch keyWatch(KeyBook book, AccessProperties properties) {
    return new KeyWatch(book, properties.keyUsageInterval(), !properties.open());
  }

  @Bean
  StreamLinks streamLinks(SecretCipher cipher, KeyBook book, InstantSource clock) {
    return new StreamLinks(cipher, book, clock);
  }

  @Bean
  AccessStart accessStart(AccessProperties properties, OidcProperties oidc, ApiKeys keys) {
    return new AccessStart(properties, oidc, keys);
  }

  /** Health and metrics are on a port of their own, which is not published. */
  @Bean
  @Order(1)
  SecurityFilterChain managementAccess(HttpSecurity http) {
    return stateless(http)
        .securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  Callers callers(
      AccessProperties properties,
      OidcProperties oidc,
      KeyBook book,
      StreamLinks links,
      InstantSource clock) {
    var failures = new Failures(properties.failuresPerSecond(), System::nanoTime);
    IdentityTokens tokens = oidc.isConfigured() ? new IdentityTokens(oidc, clock) : null;
    return new Callers(book, links, tokens, failures);
  }

  @Bean
  CrossOrigin crossOrigin(AccessProperties properties) {
    return new CrossOrigin(properties.origins());
  }

  @Bean
  DetainedConnections detainedConnections(TomcatServerProperties server) {
    int share = (int) (server.getMaxConnections() * SHARE);
    return new DetainedConnections(Math.min(MOST_DETAINED, share), DETAINED);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> lateRefusals(
      DetainedConnections connections) {
    var threads = new Detention(MOST_THREADS, DETAINED);
    return server -> server.addContextValves(new DetentionValve(threads, connections));
  }

  @Bean
  FilterRegistrationBean<KeyGate> keyGate(
      AccessProperties properties, Callers callers, CrossOrigin origins, MeterRegistry meters) {
    var gate = new FilterRegistrationBean<>(new KeyGate(callers, origins, meters));
    gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
    gate.setEnabled(!properties.open());
    return gate;
  }

  @Bean
  @Order(2)
  SecurityFilterChain apiAccess(
      HttpSecurity http, AccessProperties properties, Callers callers, CrossOrigin origins) {
    Function<HttpServletRequest, Optional<Caller>> whoever =
        properties.open() ? _ -> Optional.of(AccessProperties.ANYBODY) : callers::of;
    return stateless(http)
        .cors(origins::configure)
        .addFilterBefore(new CallerFilter(whoever), AuthorizationFilter.class)
        .authorizeHttpRequests(requests -> {
          requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
          Endpoints.forAnybody()
              .forEach(it -> requests.requestMatchers(method(it), it.path()).permitAll());
          requests.anyRequest().authenticated();
        })
        .exceptionHandling(handling ->
            handling.authenticationEntryPoint((request, response, _) ->
                Refusals.write(Callers.unproven("there is no key").problem(), response)))
        .build();
  }

  private static HttpMethod method(Endpoint endpoint) {
    return HttpMethod.valueOf(endpoint.method());
  }

  private static HttpSecurity stateless(HttpSecurity http) {
    return http.sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // Nothing is sent along by a browser on its own, so nothing can be forged across sites.
        .csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .headers(it -> it.defaultsDisabled().contentTypeOptions(Customizer.withDefaults()));
  }

  /**
   * A span and a timer for each filter of each request tell nothing, and cost more than the rest.
   */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** Methods are judged where they are answered, with those that are allowed. */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler rejectedRequests() {
    return (request, response, rejected) ->
        Refusals.write(
            Problem.of(ProblemType.BAD_REQUEST, ProblemType.BAD_REQUEST.title()), response);
  }

  @Bean
  WebMvcConfigurer roles() {
    return intercepting(new RoleInterceptor());
  }

  /** Where everybody is the same caller, one would make the others wait. */
  @Bean
  WebMvcConfigurer misses(AccessProperties properties) {
    return properties.open()
        ? new WebMvcConfigurer() {}
        : intercepting(
            new MissInterceptor(new Misses(properties.missesPerSecond(), System::nanoTime)));
  }

  private static WebMvcConfigurer intercepting(HandlerInterceptor interceptor) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(interceptor);
      }
    };
  }
}
