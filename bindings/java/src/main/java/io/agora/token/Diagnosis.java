package io.agora.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All that was found, the surest explanation first. */
public final class Diagnosis {
  private final String json;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(Reply reply) {
    json = reply.text();
    for (int left = reply.list() / 4; left > 0; left--) {
      findings.add(new Finding(reply));
    }
  }

  /** The findings, ranked. */
  public List<Finding> getFindings() {
    return Collections.unmodifiableList(findings);
  }

  /** The worst severity, if anything was found. */
  public Optional<Severity> getSeverity() {
    return findings.stream().map(Finding::getSeverity).max(Severity::compareTo);
  }

  /** The JSON document, in one line. */
  public String toJson() {
    return json;
  }

  @Override
  public String toString() {
    return findings.toString();
  }
}
