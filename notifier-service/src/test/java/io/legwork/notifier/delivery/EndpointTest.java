package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "https://Example.ORG/hook?x=1, example.org:443",
    "http://example.org, example.org:80",
    "http://example.org:8080/a, example.org:8080",
    "http://[::1]:9/, [::1]:9",
    "not a url, -",
    "mailto:someone, -"
  })
  void isTheHostAndPortOfTheUrl(String url, String endpoint) {
    assertThat(Endpoint.of(url)).isEqualTo(endpoint);
  }
}
