package io.legwork.worker.bindings;

import io.legwork.worker.handlers.Declaration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads declarations; strict, so that a misspelt field is an error and not a default. */
final class BindingReader {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Duration.class, new OfDuration())
                  .addDeserializer(DataSize.class, new OfSize()))
          .build();

  private BindingReader() {}

  /**
   * Reads the documents of a file.
   *
   * @throws IllegalArgumentException if one is no declaration; the message says where and why
   */
  static List<BindingDeclaration> read(String yaml) {
    List<BindingDeclaration> declarations = new ArrayList<>();
    try {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
        if (document != null) {
          declarations.add(JSON.convertValue(document, BindingDeclaration.class));
        }
      }
      return declarations;
    } catch (YAMLException malformed) {
      throw new IllegalArgumentException("it is not YAML: " + malformed.getMessage(), malformed);
    } catch (JacksonException misfit) {
      throw new IllegalArgumentException(where(misfit) + why(misfit), misfit);
    }
  }

  private static String where(JacksonException misfit) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference part : misfit.getPath()) {
      path.append(path.isEmpty() ? "" : ".")
          .append(part.getPropertyName() == null ? part.getIndex() : part.getPropertyName());
    }
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String why(JacksonException misfit) {
    return misfit instanceof ValueInstantiationException && misfit.getCause() != null
        ? String.valueOf(misfit.getCause().getMessage())
        : misfit.getOriginalMessage();
  }

  private static final class OfDuration extends StdScalarDeserializer<Duration> {

    OfDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context) {
      Duration duration = Declaration.duration(json.getString());
      if (duration == null || !duration.isPositive()) {
        throw new IllegalArgumentException("expected a positive duration such as 30s");
      }
      return duration;
    }
  }

  private static final class OfSize extends StdScalarDeserializer<DataSize> {

    OfSize() {
      super(DataSize.class);
    }

    @Override
    public DataSize deserialize(JsonParser json, DeserializationContext context) {
      return DataSize.parse(json.getString());
    }
  }
}
