package io.legwork.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/problems.md");

  @Test
  void documentAndCatalogueAreEqual() throws IOException {
    if (Boolean.getBoolean("legwork.docs.write")) {
      Files.writeString(DOCUMENT, rendered());
    }

    assertThat(Files.readString(DOCUMENT))
        .as("docs/problems.md; write it with ./mvnw -pl common test -Dlegwork.docs.write=true")
        .isEqualTo(rendered());
  }

  private static String rendered() {
    return """
    # Problems

    Errors are answered as `application/problem+json` (RFC 9457) with the members `type`, `code`, `title`, `status`,
    `detail` and, when single fields are wrong, `errors`: at most 20 objects with a `detail` and a `pointer`, a JSON
    Pointer into the body such as `#/callback/url`, or `#/limit` for the query parameter `limit`. Branch on `code`: its
    meaning never changes. `type` is `urn:legwork:problem:` followed by the code, except for `quota-exceeded` and
    `abnormal-usage-detected`, where it is `https://iana.org/assignments/http-problem-types#` and the code. Ignore members
    you do not know.

    | Code | Status | What is wrong | What to do |
    |---|---|---|---|
    %s
    """
        .formatted(
            Arrays.stream(ProblemType.values())
                .map(ProblemDocumentTest::row)
                .collect(Collectors.joining("\n")));
  }

  private static String row(ProblemType type) {
    return "| `%s` | %d | %s | %s |"
        .formatted(type.code(), type.status(), type.title(), type.remedy());
  }
}
