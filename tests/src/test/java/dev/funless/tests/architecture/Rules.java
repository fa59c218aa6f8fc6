package dev.funless.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import dev.funless.shared.protocol.Bus;
import io.vertx.core.Vertx;

/** What may depend on what. */
final class Rules {

  private static final String ROOT = "dev.funless";

  private Rules() {}

  /** Neither of the two kinds of node knows the other. */
  static final ArchRule CORE_KNOWS_NO_WORKER =
      noDependency("core and worker only share messages", ROOT + ".core..", ROOT + ".worker..");

  static final ArchRule WORKER_KNOWS_NO_CORE =
      noDependency("core and worker only share messages", ROOT + ".worker..", ROOT + ".core..");

  static final ArchRule SHARED_KNOWS_NO_NODE =
      noDependency(
          "shared is what nodes have in common",
          ROOT + ".shared..",
          ROOT + ".core..",
          ROOT + ".worker..",
          ROOT + ".engine..",
          ROOT + ".launcher..");

  static final ArchRule ENGINE_STANDS_ALONE =
      noDependency(
          "the engine can be used without the platform",
          ROOT + ".engine..",
          ROOT + ".core..",
          ROOT + ".worker..",
          ROOT + ".shared..",
          ROOT + ".launcher..",
          "io.vertx..");

  static final ArchRule LAUNCHER_STANDS_ALONE =
      noDependency(
          "the launcher starts nodes as processes",
          ROOT + ".launcher..",
          ROOT + ".core..",
          ROOT + ".worker..",
          ROOT + ".shared..",
          ROOT + ".engine..");

  static final ArchRule FUZZ_IS_NO_PART_OF_A_NODE =
      only("the fuzzer", new String[] {ROOT + ".fuzz.."}, ROOT + ".fuzz..");

  static final ArchRule POLICIES_ARE_PURE =
      noDependency(
          "a decision needs neither a clock nor a network",
          ROOT + ".core.schedule..",
          "io.vertx..");

  static final ArchRule ONLY_CLUSTER_KNOWS_HAZELCAST =
      only("Hazelcast", new String[] {ROOT + ".shared.cluster.."}, "com.hazelcast..");

  /**
   * The fuzzer compares the engine with the library as it comes, so one package of it knows both.
   */
  static final ArchRule ONLY_ENGINE_KNOWS_CHICORY =
      only(
          "Chicory",
          new String[] {ROOT + ".engine..", ROOT + ".fuzz.reference.."},
          "com.dylibso.chicory..");

  static final ArchRule ONLY_ENTRYPOINTS_KNOW_VERTX_WEB =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".core.http..", ROOT + ".core.auth..")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".worker.StatusServer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.ext.web..")
          .as("Only the HTTP entrypoints know vertx-web.");

  static final ArchRule ONLY_BUS_TOUCHES_THE_EVENT_BUS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Bus.class.getName())
          .should()
          .callMethod(Vertx.class, "eventBus")
          .as("Only Bus calls eventBus(), so every message is typed.");

  static final ArchRule NO_CYCLES = noCycles(ROOT + ".(*).(*)..");

  static ArchRule noCycles(String packages) {
    return slices().matching(packages).should().beFreeOfCycles();
  }

  static ArchRule noDependency(String reason, String from, String... on) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(on)
        .because(reason);
  }

  static ArchRule only(String what, String[] packages, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .as("Only " + String.join(", ", packages) + " knows " + what + ".");
  }
}
