package io.legwork.producer.fairuse;

import io.legwork.ledger.TenantLimits;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.StrictJson;
import java.util.ArrayList;
import java.util.List;

/** Reads what is said about the limits of a tenant, and collects all that is wrong with it. */
final class LimitsReader {

  /** How many bytes it may have. */
  static final int MAX_SIZE = 4 * 1024;

  private static final int MOST = 999_999_999;
  private static final long MOST_BYTES = 1L << 50;

  private LimitsReader() {}

  /**
   * Reads a document; a limit it leaves out is as configured for all.
   *
   * @throws ProblemException naming all that is wrong
   */
  static TenantLimits read(byte[] bytes) {
    JsonDocument document = StrictJson.read(bytes, JsonShape.WHOLE);
    List<FieldError> errors = new ArrayList<>(document.flawsIn(document.root()));
    if (!(document.root() instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object", Pointer.ROOT)));
    }
    var fields = new Fields(object, Pointer.ROOT, errors);
    var limits =
        new TenantLimits(
            fields.integer("submissionsPerSecond", 1, MOST),
            fields.integer("keySubmissionsPerSecond", 1, MOST),
            fields.integer("openTasks", 1, MOST),
            fields.whole("payloadBytesPerDay", 1, MOST_BYTES));
    fields.refuseOthers();
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return limits;
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(Problem.of(ProblemType.INVALID_LIMITS, errors));
  }
}
