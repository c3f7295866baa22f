package io.legwork.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRequestPayloadTest {

  private final TestedHandler handler = new TestedHandler();

  @AfterEach
  void stop() {
    handler.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                               | #/payload: url is missing
          {"url": 5}                                       | #/payload/url: expected a string
          {"url": "not a url"}                             | #/payload/url: not a URL
          {"url": "/relative"}                             | #/payload/url: expected a URL that starts with
          {"url": "file:///etc/passwd"}                    | #/payload/url: expected a URL that starts with
          {"url": "http:///path"}                          | #/payload/url: expected a URL with a valid host
          {"url": "http:opaque"}                           | #/payload/url: expected a URL with a valid host
          {"url": "http://under_score:99999/"}             | #/payload/url: expected a URL with a valid host
          {"url": "http://a:99999/"}                       | #/payload/url: expected a URL with a valid host
          {"url": "http://user:secret@localhost/"}         | #/payload/url: must not contain a user name
          {"url": "http://a/\\r\\nX: y"}                   | #/payload/url: not a URL
          {"url": "http://a/", "method": "CONNECT"}        | #/payload/method: expected one of get, head
          {"url": "http://a/", "headers": []}              | #/payload/headers: expected an object
          {"url": "http://a/", "headers": {"X": "a\\r\\nY: b"}} | #/payload/headers: the header X: expected at most
          {"url": "http://a/", "headers": {"X\\r\\nY": "b"}} | #/payload/headers: not the name of a header
          {"url": "http://a/", "headers": {"X": 1}}        | #/payload/headers: the header X: expected a string
          {"url": "http://a/", "headers": {"X": "a", "x": "b"}} | #/payload/headers: the header x is given twice
          {"url": "http://a/", "headers": {"Host": "b"}}   | #/payload/headers: the header Host belongs
          {"url": "http://a/", "headers": {"Transfer-Encoding": "chunked"}} | #/payload/headers: the header Transfer-Encoding belongs
          {"url": "http://a/", "headers": {"Legwork-Task": "1"}} | #/payload/headers: the header Legwork-Task is set by
          {"url": "http://a/", "expectedStatuses": []}     | #/payload/expectedStatuses: expected an array of statuses
          {"url": "http://a/", "expectedStatuses": [99]}   | #/payload/expectedStatuses: expected an array of statuses
          {"url": "http://a/", "expectedStatuses": ["6xx"]} | #/payload/expectedStatuses: expected an array of statuses
          {"url": "http://a/", "timeout": "0s"}            | #/payload/timeout: expected a positive duration
          {"url": "http://a/", "timeout": "30"}            | #/payload/timeout: expected a duration such as
          {"url": "http://a/", "timeout": 30}              | #/payload/timeout: expected a duration such as
          {"url": "http://a/", "timeout": "-5s"}           | #/payload/timeout: expected a duration such as
          {"url": "http://a/", "timeout": "PTsoon"}        | #/payload/timeout: 'PTsoon' is not a valid
          {"url": "http://a/", "maxResponseBytes": -1}     | #/payload/maxResponseBytes: expected a number from 0 to 409600
          {"url": "http://a/", "maxResponseBytes": 409601} | #/payload/maxResponseBytes: expected a number from 0
          {"url": "http://a/", "maxResponseBytes": "1"}    | #/payload/maxResponseBytes: expected a number
          {"url": "http://a/", "redirects": true}          | #/payload/redirects: unknown field
          "http://a/"                                      | #/payload: expected an object
          """)
  void refusesForGoodAPayloadThatMakesNoSense(String payload, String saying)
      throws InterruptedException {
    Outcome.Failed failed = handler.failed(payload);

    assertThat(failed.reason()).startsWith(saying).doesNotContain("secret");
    assertThat(failed.permanent()).isTrue();
  }
}
