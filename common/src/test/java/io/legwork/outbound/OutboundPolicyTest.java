package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {

  private static final List<String> WEB = List.of("https", "http");

  private final OutboundPolicy standard = allowing("public");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "224.0.0.1",
        "255.255.255.255"
      })
  void allowsOnlyPublicAddressesUnlessToldOtherwise(String host) {
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> standard.resolve(host))
        .withMessageContaining("LEGWORK_OUTBOUND_ALLOW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]"})
  void allowsPublicAddresses(String host) throws IOException {
    assertThat(standard.resolve(host)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "loopback,127.0.0.1,true",
    "loopback,10.0.0.1,false",
    "private,10.0.0.1,true",
    "private,192.168.3.4,true",
    "private,127.0.0.1,false",
    "private,169.254.169.254,false",
    "10.1.0.0/16,10.1.2.3,true",
    "10.1.0.0/16,10.2.0.1,false",
    "10.1.0.0/16,93.184.216.34,false"
  })
  void allowsWhatTheOperatorAllows(String allowed, String address, boolean permitted) {
    OutboundPolicy policy = allowing(allowed);

    if (permitted) {
      assertThatCode(() -> policy.resolve(address)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(() -> policy.resolve(address));
    }
  }

  @Test
  void addsUpWhatIsAllowed() throws IOException {
    OutboundPolicy policy = allowing("public", "loopback");

    assertThat(policy.resolve("127.0.0.1")).containsExactly(InetAddress.getLoopbackAddress());
    assertThat(policy.resolve("93.184.216.34")).hasSize(1);
  }

  @Test
  void restrictsPortsAndSchemes() {
    OutboundPolicy policy =
        new OutboundPolicy(
            new OutboundProperties(
                List.of("public"), List.of("https"), List.of("443", "8000-8099")));

    assertThat(policy.check("https://a/")).isEqualTo(URI.create("https://a/"));
    assertThat(policy.check("https://a:8050/")).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> policy.check("http://a:443/"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.check("https://a:22/"))
        .withMessageContaining("port 22");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://a/", "http:///x", "http://u:p@a/", "//a", "a", ""})
  void refusesWhatIsNoUrl(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> standard.check(url));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allowing("everything"))
        .withMessageContaining("legwork.outbound.allow");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OutboundPolicy(new OutboundProperties(List.of("public"), WEB, List.of("80-70"))))
        .withMessageContaining("legwork.outbound.ports");
  }

  private static OutboundPolicy allowing(String... allowed) {
    return new OutboundPolicy(new OutboundProperties(List.of(allowed), WEB, List.of()));
  }
}
