package io.legwork.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a service's own code says of it: its application.yml, and the metadata of its configuration.
 *
 * @param name the name it gives itself
 * @param settings its application.yml, and what it takes over from its starter
 */
record ServiceCode(String name, List<JsonNode> settings) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> DEFAULTS = defaults();

  static ServiceCode named(String name) {
    for (URL file : resources("application.yml")) {
      try (InputStream content = file.openStream()) {
        JsonNode settings = ManifestReader.YAML.readTree(content);
        if (find(settings, "spring.application.name").equals(name)) {
          return new ServiceCode(name, withStarter(name, settings));
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    throw new IllegalArgumentException("no service is called " + name);
  }

  private static List<JsonNode> withStarter(String name, JsonNode own) throws IOException {
    if (!name.equals("worker-service")) {
      return List.of(own);
    }
    try (InputStream content = resources("legwork-worker.yml").getFirst().openStream()) {
      return List.of(own, ManifestReader.YAML.readTree(content));
    }
  }

  /** The value of a setting, whose keys may contain dots; or "". */
  String setting(String key) {
    return settings.stream()
        .map(file -> find(file, key))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  int port(String key) {
    return Integer.parseInt(setting(key));
  }

  /** The names of all properties as environment variables, in both spellings that Spring takes. */
  static boolean isVariable(String name) {
    return DEFAULTS.keySet().stream()
        .map(property -> property.toUpperCase(Locale.ROOT).replace('.', '_'))
        .anyMatch(variable ->
            variable.replace("-", "").equals(name) || variable.replace('-', '_').equals(name));
  }

  /** What a property is if nobody sets it. */
  static String defaultOf(String property) {
    return DEFAULTS.getOrDefault(property, "");
  }

  private static String find(JsonNode node, String key) {
    if (key.isEmpty()) {
      return node.isValueNode() ? node.asText() : "";
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (key.equals(name) || key.startsWith(name + ".")) {
        String found =
            find(field.getValue(), key.substring(Math.min(key.length(), name.length() + 1)));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    for (URL file : resources("META-INF/spring-configuration-metadata.json")) {
      try (InputStream content = file.openStream()) {
        for (JsonNode property : JSON.readTree(content).path("properties")) {
          defaults.put(property.path("name").asText(), property.path("defaultValue").asText());
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return Map.copyOf(defaults);
  }

  private static List<URL> resources(String name) {
    try {
      return Collections.list(ServiceCode.class.getClassLoader().getResources(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
