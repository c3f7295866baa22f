package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/hook?a=b",
        "http://localhost:3000/",
        "http://127.0.0.1:49152/hook",
        "http://[::1]:8080/",
        "https://xn--bcher-kva.example/",
        "https://host-name.internal./",
        "HTTPS://EXAMPLE.ORG",
        "https://example.org:443"
      })
  void takesWhatCanBeCalled(String url) {
    assertThat(WebhookUrl.wrongWith(url)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/hook",
        "//example.org/hook",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "jar:http://example.org/a!/b",
        "data:text/plain,hi",
        "unix:/var/run/docker.sock",
        "mailto:a@example.org",
        "http:///hook",
        "http://user@example.org/",
        "http://user:pass@example.org/",
        "http://example.org@127.0.0.1/",
        "http://exa mple.org/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://127.0.0.1./",
        "http://[fe80::1%25eth0]/",
        "http://[::1",
        "http://еxample.org/",
        "http://example.org/h\u00f6ok",
        "http://%6c%6f%63%61%6c%68%6f%73%74/",
        "http://example..org/",
        "http://-example.org/",
        "http://example.org/\r\nHost: evil",
        "http://example.org\\@evil.org/",
        "http://example.org:0/",
        "http://example.org:22/",
        "http://example.org:25/",
        "http://example.org:5432/",
        "http://example.org:5672/",
        "http://example.org:6379/",
        "http://example.org:15672/",
        "http://example.org:65536/",
        "http://example.org:99999999999/",
        "http://example.org/#fragment"
      })
  void refusesWhatMayBeReadInTwoWays(String url) {
    assertThat(WebhookUrl.wrongWith(url)).isNotNull();
  }
}
