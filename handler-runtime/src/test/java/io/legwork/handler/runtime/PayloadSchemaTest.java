package io.legwork.handler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.legwork.handler.Handler;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema never refuses what the reader takes, and refuses what it can of the rest. */
class PayloadSchemaTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  enum Colour {
    RED,
    LIGHT_BLUE
  }

  record Size(int value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Size of(String text) {
      return new Size(text.length());
    }
  }

  record Node(String name, @Nullable Node next) {}

  record Everything(
      int count,
      boolean on,
      @Nullable Long id,
      @Nullable BigDecimal price,
      @Nullable String text,
      @Nullable Colour colour,
      @Nullable List<Node> nodes,
      @Nullable Map<String, Double> weights,
      @Nullable Instant at,
      @Nullable LocalDate day,
      @Nullable Duration pause,
      @Nullable UUID key,
      @Nullable Size size,
      @JsonProperty("else") @Nullable Object other,
      @Nullable JsonNode json) {}

  static final class Handles implements Handler<Everything> {
    @Override
    public Outcome handle(Everything payload, TaskContext task) {
      return Outcome.succeed();
    }
  }

  static final class HandlesAnything implements Handler<Object> {
    @Override
    public Outcome handle(Object payload, TaskContext task) {
      return Outcome.succeed();
    }
  }

  private final String text =
      Objects.requireNonNull(HandlerRunner.of(new Handles()).payloadSchema());
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JSON.readTree(text));
  private final PayloadReader<Everything> reader =
      new PayloadReader<>(JSON.constructType(Everything.class));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'count':1,'on':true}",
        "{'count':1,'on':true,'id':null,'text':null,'colour':null,'nodes':null,'weights':null}",
        "{'count':1,'on':true,'id':9007199254740993,'price':1.50,'text':'x'}",
        "{'count':1,'on':true,'colour':'light_blue'}",
        "{'count':1,'on':true,'colour':'LIGHT_BLUE'}",
        "{'count':1,'on':true,'nodes':[{'name':'a','next':{'name':'b','next':null}},null]}",
        "{'count':1,'on':true,'weights':{'a':1,'b':2.5,'c':null}}",
        "{'count':1,'on':true,'at':'2027-01-01T00:00:00Z','day':'2027-01-01','pause':'PT5S'}",
        "{'count':1,'on':true,'key':'01890a5d-ac96-774b-bcce-b302099a8057'}",
        "{'count':1,'on':true,'size':'large','else':[1],'json':{'a':1}}"
      })
  void acceptsWhatTheReaderReads(String payload) {
    String json = payload.replace('\'', '"');

    assertThat(reader.read(json.getBytes(StandardCharsets.UTF_8))).isNotNull();
    assertThat(schema.validate(JSON.readTree(json))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{'count':1}",
        "{'count':null,'on':true}",
        "{'count':'1','on':true}",
        "{'count':1.5,'on':true}",
        "{'count':1,'on':'yes'}",
        "{'count':1,'on':true,'text':7}",
        "{'count':1,'on':true,'colour':'green'}",
        "{'count':1,'on':true,'nodes':{}}",
        "{'count':1,'on':true,'nodes':[{'name':'a','nxt':null}]}",
        "{'count':1,'on':true,'weights':{'a':'heavy'}}",
        "{'count':1,'on':true,'unknown':1}"
      })
  void refusesWhatTheReaderCannotRead(String payload) {
    assertThat(schema.validate(JSON.readTree(payload.replace('\'', '"')))).isNotEmpty();
  }

  @Test
  void saysNothingOfWhatMayBeAnything() {
    assertThat(HandlerRunner.of(new HandlesAnything()).payloadSchema()).isNull();
  }

  @Test
  void namesItsDraft() {
    assertThat(text).startsWith("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"");
  }
}
