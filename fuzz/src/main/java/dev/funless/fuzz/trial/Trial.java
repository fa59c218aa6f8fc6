package dev.funless.fuzz.trial;

import java.util.Optional;

/**
 * What came of one module.
 *
 * @param label what to count it under
 */
public record Trial(String label, Optional<Finding> finding) {

  public static Trial fine(String label) {
    return new Trial(label, Optional.empty());
  }

  public static Trial of(Finding finding) {
    return new Trial("FINDING " + finding.kind(), Optional.of(finding));
  }
}
