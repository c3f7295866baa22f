package io.legwork.handler.runtime;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the JSON Schema (draft 2020-12) of a payload from its type.
 *
 * <p>It promises one thing: what {@link PayloadReader} accepts, the schema accepts. Whatever is
 * read in a way that the type alone does not tell (an own deserializer or creator, a sealed
 * hierarchy, a bean) is left open, so the schema may be wider than the reader, and never narrower
 * where a payload is written as documented: enums as named or in lower case, times as text.
 */
final class PayloadSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<JavaType, String> names = new LinkedHashMap<>();
  private final ObjectNode definitions = JSON.objectNode();

  private PayloadSchema() {}

  /** The schema as JSON; null if anything is accepted. */
  static @Nullable String of(JavaType type) {
    PayloadSchema schemas = new PayloadSchema();
    ObjectNode root = schemas.of(type, false);
    if (root.isEmpty()) {
      return null;
    }
    ObjectNode schema =
        JSON.objectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.setAll(root);
    if (!schemas.definitions.isEmpty()) {
      schema.set("$defs", schemas.definitions);
    }
    return schema.toString();
  }

  private ObjectNode of(JavaType type, boolean nullable) {
    Class<?> raw = type.getRawClass();
    if (isRecordOfItsOwn(raw)) {
      return reference(type, nullable);
    }
    if (type.isMapLikeType()) {
      ObjectNode map = typed("object", nullable);
      return with(map, "additionalProperties", of(type.getContentType(), true));
    }
    if (type.isContainerType() && raw != byte[].class && raw != char[].class) {
      return with(typed("array", nullable), "items", of(type.getContentType(), true));
    }
    return raw.isEnum() ? ofEnum(raw, nullable) : ofScalar(raw, nullable);
  }

  private static ObjectNode with(ObjectNode schema, String keyword, ObjectNode inner) {
    if (!inner.isEmpty()) {
      schema.set(keyword, inner);
    }
    return schema;
  }

  private static ObjectNode ofScalar(Class<?> raw, boolean nullable) {
    boolean absentAllowed = nullable && !raw.isPrimitive();
    String type = Scalars.typeOf(raw);
    return type == null ? JSON.objectNode() : typed(type, absentAllowed);
  }

  private static ObjectNode ofEnum(Class<?> raw, boolean nullable) {
    if (isRead(raw) || Arrays.stream(raw.getFields()).anyMatch(PayloadSchema::isRead)) {
      return JSON.objectNode();
    }
    ObjectNode schema = JSON.objectNode();
    ArrayNode values = schema.putArray("enum");
    Arrays.stream(raw.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .flatMap(name -> Stream.of(name.toLowerCase(Locale.ROOT), name))
        .distinct()
        .forEach(values::add);
    if (nullable) {
      values.addNull();
    }
    return schema;
  }

  private static ObjectNode typed(String type, boolean nullable) {
    ObjectNode schema = JSON.objectNode();
    if (nullable) {
      schema.putArray("type").add(type).add("null");
    } else {
      schema.put("type", type);
    }
    return schema;
  }

  private ObjectNode reference(JavaType type, boolean nullable) {
    ObjectNode reference = JSON.objectNode().put("$ref", "#/$defs/" + define(type));
    if (!nullable) {
      return reference;
    }
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(reference).add(typed("null", false));
    return either;
  }

  private String define(JavaType type) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    String simple = type.getRawClass().getSimpleName();
    String name = names.containsValue(simple) ? simple + names.size() : simple;
    names.put(type, name);
    definitions.set(name, ofRecord(type));
    return name;
  }

  private ObjectNode ofRecord(JavaType type) {
    ObjectNode schema = typed("object", false);
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      JavaType member =
          PayloadReader.MAPPER
              .getTypeFactory()
              .resolveMemberType(component.getGenericType(), type.getBindings());
      String name = nameOf(component);
      properties.set(name, of(member, true));
      if (component.getType().isPrimitive()) {
        required.add(name);
      }
    }
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }

  /** Whether the reader takes a record's components as they are written. */
  private static boolean isRecordOfItsOwn(Class<?> raw) {
    return raw.isRecord()
        && !isRead(raw)
        && Arrays.stream(raw.getDeclaredConstructors()).noneMatch(PayloadSchema::isReadBy)
        && Arrays.stream(raw.getDeclaredMethods()).noneMatch(PayloadSchema::isReadBy);
  }

  private static boolean isReadBy(Constructor<?> constructor) {
    return isRead(constructor)
        || Arrays.stream(constructor.getParameters()).anyMatch(PayloadSchema::isRead);
  }

  private static boolean isReadBy(Method method) {
    return isRead(method) || Arrays.stream(method.getParameters()).anyMatch(PayloadSchema::isRead);
  }

  /** Whether an annotation changes how the JSON is read; a mere name does not. */
  private static boolean isRead(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(annotation ->
            annotation != JsonProperty.class
                && (annotation.isAnnotationPresent(JacksonAnnotation.class)
                    || annotation.getName().startsWith("tools.jackson.")));
  }
}
