package dev.funless.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final JavaClasses PLATFORM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "dev.funless.shared",
              "dev.funless.engine",
              "dev.funless.fuzz",
              "dev.funless.core",
              "dev.funless.worker",
              "dev.funless.launcher");

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
            Rules.CORE_KNOWS_NO_WORKER,
            Rules.WORKER_KNOWS_NO_CORE,
            Rules.SHARED_KNOWS_NO_NODE,
            Rules.ENGINE_STANDS_ALONE,
            Rules.LAUNCHER_STANDS_ALONE,
            Rules.FUZZ_IS_NO_PART_OF_A_NODE,
            Rules.POLICIES_ARE_PURE,
            Rules.ONLY_CLUSTER_KNOWS_HAZELCAST,
            Rules.ONLY_ENGINE_KNOWS_CHICORY,
            Rules.ONLY_ENTRYPOINTS_KNOW_VERTX_WEB,
            Rules.ONLY_BUS_TOUCHES_THE_EVENT_BUS,
            Rules.NO_CYCLES)
        .map(rule -> Named.of(rule.getDescription(), rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePlatformKeepsTheRule(ArchRule rule) {
    rule.check(PLATFORM);
  }

  @Test
  void allModulesAreLookedAt() {
    for (String known :
        List.of(
            "dev.funless.shared.protocol.Bus",
            "dev.funless.engine.Engine",
            "dev.funless.fuzz.Fuzz",
            "dev.funless.core.invoke.SchedulerVerticle",
            "dev.funless.worker.invoke.WorkerVerticle",
            "dev.funless.launcher.Up")) {
      assertTrue(PLATFORM.contain(known), known);
    }
  }
}
