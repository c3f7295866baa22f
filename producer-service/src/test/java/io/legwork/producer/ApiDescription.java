package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document, as far as the tests read it. */
record ApiDescription(JsonNode document) {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** Every method and path it describes, such as {@code GET /v1/tasks}. */
  Set<String> operations() {
    return roles().keySet();
  }

  /** The role that each operation asks for; "" where anybody may call it. */
  Map<String, String> roles() {
    Map<String, String> roles = new TreeMap<>();
    document
        .path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, operation) -> {
              if (METHODS.contains(method)) {
                String role = operation.at("/security/0/key/0").asString("");
                assertThat(operation.has("security"))
                    .as("security of %s %s", method, path)
                    .isTrue();
                roles.put(method.toUpperCase(Locale.ROOT) + " " + path, role);
              }
            }));
    return roles;
  }

  /** Every value of {@code $ref} in it. */
  Set<String> references() {
    return document.findValues("$ref").stream()
        .map(JsonNode::asString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Fails unless the value has all members the schema requires, none it does not know, and their
   * types.
   */
  void expectConforming(String schema, JsonNode value) {
    check(document.at("/components/schemas/" + schema), value, schema);
  }

  private void check(JsonNode schema, JsonNode value, String where) {
    if (schema.has("$ref")) {
      check(document.at(schema.path("$ref").asString().substring(1)), value, where);
      return;
    }
    assertThat(types(schema)).as("type of %s: %s", where, value).contains(type(value));
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(where).contains(value);
    }
    schema
        .path("required")
        .forEach(
            name -> assertThat(value.has(name.asString())).as("%s has %s", where, name).isTrue());
    if (schema.has("properties")) {
      value.forEachEntry(
          (name, member) -> check(property(schema, name, where), member, where + "." + name));
    }
    if (value.isArray() && schema.has("items")) {
      value.forEach(item -> check(schema.path("items"), item, where + "[]"));
    }
  }

  private static JsonNode property(JsonNode schema, String name, String where) {
    JsonNode property = schema.path("properties").path(name);
    assertThat(property.isMissingNode()).as("%s.%s is not described", where, name).isFalse();
    return property;
  }

  private static Set<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    }
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).collect(Collectors.toSet())
        : Set.of(type.asString());
  }

  private static String type(JsonNode value) {
    return value.isIntegralNumber()
        ? "integer"
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
