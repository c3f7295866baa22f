package io.legwork.producer.keys;

import io.legwork.access.KeySettings;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.access.TenantName;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.producer.json.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what is chosen for a new key, and collects all that is wrong with it. */
final class KeyReader {

  /** How many bytes it may have. */
  static final int MAX_SIZE = 64 * 1024;

  private static final int MAX_NAME = 100;
  private static final int MAX_NAMES = 100;
  private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

  private KeyReader() {}

  /**
   * Reads a document.
   *
   * @throws ProblemException naming all that is wrong
   */
  static KeySettings read(byte[] bytes) {
    JsonDocument document = StrictJson.read(bytes, JsonShape.WHOLE);
    List<FieldError> errors = new ArrayList<>(document.flawsIn(document.root()));
    if (!(document.root() instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object", Pointer.ROOT)));
    }
    var fields = new Fields(object, Pointer.ROOT, errors);
    String name = name(fields);
    Set<Role> roles = roles(fields);
    Scope scope = new Scope(names(fields, "types"), names(fields, "queues"));
    Duration life = fields.duration("expiresIn", SHORTEST_LIFE, LONGEST_LIFE);
    if (roles.contains(Role.ADMIN) && scope.isLimited()) {
      fields.refuse("roles", "admin cannot be limited to types or queues: it makes keys for all");
    }
    fields.refuseOthers();
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return new KeySettings(name, roles, scope, life);
  }

  /**
   * Reads the name of a new tenant.
   *
   * @throws ProblemException naming all that is wrong
   */
  static String tenant(byte[] bytes) {
    JsonDocument document = StrictJson.read(bytes, JsonShape.WHOLE);
    List<FieldError> errors = new ArrayList<>(document.flawsIn(document.root()));
    if (!(document.root() instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object", Pointer.ROOT)));
    }
    var fields = new Fields(object, Pointer.ROOT, errors);
    fields.require("name");
    String name = fields.text("name");
    if (name != null && !TenantName.isValid(name)) {
      fields.refuse("name", "must be 1 to 63 of a-z, 0-9 and -, and not begin with -");
    }
    fields.refuseOthers();
    if (name == null || !errors.isEmpty()) {
      throw invalid(errors);
    }
    return name;
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(Problem.of(ProblemType.INVALID_KEY_SETTINGS, errors));
  }

  private static String name(Fields fields) {
    fields.require("name");
    String name = fields.text("name");
    if (name != null && (name.isBlank() || name.length() > MAX_NAME)) {
      fields.refuse("name", "must have 1 to %d characters".formatted(MAX_NAME));
    }
    return name == null ? "" : name;
  }

  private static Set<Role> roles(Fields fields) {
    fields.require("roles");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names(fields, "roles")) {
      Role.of(name)
          .ifPresentOrElse(
              roles::add, () -> fields.refuse("roles", "must be of submit, read, operate, admin"));
    }
    if (fields.has("roles") && fields.items("roles").isEmpty()) {
      fields.refuse("roles", "must name at least one of submit, read, operate, admin");
    }
    return roles;
  }

  private static Set<String> names(Fields fields, String field) {
    List<JsonValue> items = fields.items(field);
    Set<String> names = new LinkedHashSet<>();
    if (items.size() > MAX_NAMES) {
      fields.refuse(field, "must have at most %d items".formatted(MAX_NAMES));
      return names;
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonText text && isName(text.value())) {
        names.add(text.value());
      } else {
        fields.refuseWithin(
            field, Integer.toString(i), "must be a name of 1 to %d characters".formatted(MAX_NAME));
      }
    }
    return names;
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= MAX_NAME && text.indexOf('\0') < 0;
  }
}
