package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.ledger.ApiKeys;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import io.legwork.secrets.SecretCipher;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What a service with an API imports to be closed to strangers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, OidcProperties.class})
public class AccessConfiguration {

  @Bean
  ApiKeys apiKeys(DataSource ledger) {
    return new ApiKeys(ledger);
  }

  @Bean
  KeyBook keyBook(ApiKeys keys, AccessProperties properties, InstantSource clock) {
    return new KeyBook(keys, properties.configured(), clock, System::nanoTime);
  }

  @Bean
  @ConditionalOnProperty(
      name = "legwork.security.open",
      havingValue = "false",
      matchIfMissing = true)
  KeyWatch keyWatch(KeyBook book, AccessProperties properties) {
    return new KeyWatch(book, properties.keyUsageInterval());
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
  @Order(2)
  SecurityFilterChain apiAccess(
      HttpSecurity http,
      AccessProperties properties,
      OidcProperties oidc,
      KeyBook book,
      StreamLinks links,
      InstantSource clock) {
    var failures = new Failures(properties.failuresPerSecond(), System::nanoTime);
    IdentityTokens tokens = oidc.isConfigured() ? new IdentityTokens(oidc, clock) : null;
    Function<HttpServletRequest, Optional<Caller>> callers =
        properties.open()
            ? _ -> Optional.of(AccessProperties.ANYBODY)
            : new Callers(book, links, tokens, failures)::of;
    return stateless(http)
        .cors(cors -> CrossOrigin.configure(cors, properties.origins()))
        .addFilterBefore(new CallerFilter(callers), AuthorizationFilter.class)
        .authorizeHttpRequests(requests -> {
          requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
          Endpoints.forAnybody()
              .forEach(it -> requests.requestMatchers(method(it), it.path()).permitAll());
          requests.anyRequest().authenticated();
        })
        .exceptionHandling(refusals ->
            refusals.authenticationEntryPoint((request, response, _) ->
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
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RoleInterceptor());
      }
    };
  }
}
