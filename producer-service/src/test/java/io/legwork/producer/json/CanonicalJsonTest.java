package io.legwork.producer.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.task.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':[true,null]}|{ 'b' : [ true , null ],  'a':1}",
        "{'a':{'x':1,'y':2}}|{'a':{'y':2,'x':1}}",
        "['\\u0061']|['a']",
        "[1.50]|[15e-1]",
        "[100]|[1e2]",
        "[0]|[-0.0]"
      })
  void documentsThatSayTheSameDigestAlike(String one, String other) {
    assertThat(fingerprint(one)).isEqualTo(fingerprint(other)).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}|{'a':2}",
        "{'a':1}|{'a':'1'}",
        "{'a':null}|{}",
        "[1,2]|[2,1]",
        "[[1],2]|[[1,2]]",
        "['ab','c']|['a','bc']",
        "[]|{}",
        "['null']|[null]",
        "[true]|[false]",
        "[9007199254740993]|[9007199254740992]"
      })
  void documentsThatDifferDigestDifferently(String one, String other) {
    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
  }

  private static String fingerprint(String text) {
    return CanonicalJson.fingerprint(Json.of(text.replace('\'', '"')));
  }
}
