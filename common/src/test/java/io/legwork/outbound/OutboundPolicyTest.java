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
        "169.254.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1",
        "255.255.255.255",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[febf::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:db8::1]"
      })
  void allowsOnlyPublicAddressesUnlessToldOtherwise(String host) {
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> resolve(standard, host))
        .withMessageContaining("LEGWORK_OUTBOUND_ALLOW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]"})
  void allowsPublicAddresses(String host) throws IOException {
    assertThat(resolve(standard, host)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "loopback,127.0.0.1,true",
    "loopback,10.0.0.1,false",
    "private,10.0.0.1,true",
    "private,192.168.3.4,true",
    "private,127.0.0.1,false",
    "private,169.254.169.254,false",
    "private,100.64.0.1,true",
    "private,100.100.100.200,false",
    "private,fd00::1,true",
    "private,fd00:ec2::254,false",
    "private,::ffff:192.168.1.1,true",
    "100.100.100.200/32,100.100.100.200,true",
    "10.1.0.0/16,10.1.2.3,true",
    "10.1.0.0/16,10.2.0.1,false",
    "10.1.0.0/16,93.184.216.34,false"
  })
  void allowsWhatTheOperatorAllows(String allowed, String address, boolean permitted) {
    OutboundPolicy policy = allowing(allowed);

    if (permitted) {
      assertThatCode(() -> resolve(policy, address)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(() -> resolve(policy, address));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://LocalHost./",
        "http://a.localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://metadata/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://example.org:22/"
      })
  void refusesUrlsThatLeadWhereRequestsMustNotGo(String url) {
    assertThat(standard.wrongWith(url)).isNotNull();
  }

  @Test
  void takesUrlsWhoseAddressIsAllowedOrNotKnownYet() {
    OutboundPolicy local = allowing("loopback", "private");

    assertThat(standard.wrongWith("https://example.org/hook")).isNull();
    assertThat(standard.wrongWith("https://93.184.216.34/")).isNull();
    assertThat(local.wrongWith("http://localhost:3000/")).isNull();
    assertThat(local.wrongWith("http://[::1]:3000/")).isNull();
    assertThat(local.wrongWith("http://10.1.2.3:3000/")).isNull();
    assertThat(local.wrongWith("http://metadata.google.internal/")).isNotNull();
  }

  @Test
  void wantsHttpsWhereOnlyThatIsAllowed() {
    OutboundPolicy policy =
        new OutboundPolicy(
            new OutboundProperties(List.of("public"), List.of("https"), List.of("443")));

    assertThat(policy.wrongWith("https://example.org/")).isNull();
    assertThat(policy.wrongWith("http://example.org/")).contains("https://");
    assertThat(policy.wrongWith("https://example.org:8443/")).contains("port 8443");
  }

  @Test
  void addsUpWhatIsAllowed() throws IOException {
    OutboundPolicy policy = allowing("public", "loopback");

    assertThat(resolve(policy, "127.0.0.1")).containsExactly(InetAddress.getLoopbackAddress());
    assertThat(resolve(policy, "93.184.216.34")).hasSize(1);
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

  private static InetAddress[] resolve(OutboundPolicy policy, String host) throws IOException {
    return policy.permitted(host, InetAddress.getAllByName(host));
  }

  private static OutboundPolicy allowing(String... allowed) {
    return new OutboundPolicy(new OutboundProperties(List.of(allowed), WEB, List.of()));
  }
}
