package dev.funless.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.funless.tests.architecture.fixture.left.Left;
import dev.funless.tests.architecture.fixture.right.Right;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

/** Each kind of rule is broken by a class of this test's, so none of them is empty. */
class RulesTest {

  private static final String FIXTURES = "dev.funless.tests.architecture";

  /** Knows what it should not. */
  static final class Violating {

    int length(Router router) {
      return router.getRoutes().size();
    }

    Object bus(Vertx vertx) {
      return vertx.eventBus();
    }
  }

  static final class Innocent {

    String name() {
      return "";
    }
  }

  @Test
  void aForbiddenDependencyIsFound() {
    ArchRule rule = Rules.noDependency("of this test", FIXTURES + "..", "io.vertx..");

    assertBroken(rule, Violating.class);
    assertKept(rule, Innocent.class);
  }

  @Test
  void aLibraryOutsideItsPackageIsFound() {
    ArchRule rule = Rules.only("Vert.x", new String[] {"dev.funless.elsewhere.."}, "io.vertx..");

    assertBroken(rule, Violating.class);
    assertKept(rule, Innocent.class);
    assertKept(Rules.only("Vert.x", new String[] {FIXTURES + ".."}, "io.vertx.."), Violating.class);
  }

  @Test
  void vertxWebOutsideTheEntrypointsIsFound() {
    assertBroken(Rules.ONLY_ENTRYPOINTS_KNOW_VERTX_WEB, Violating.class);
    assertKept(Rules.ONLY_ENTRYPOINTS_KNOW_VERTX_WEB, Innocent.class);
  }

  @Test
  void anEventBusThatIsTouchedOutsideBusIsFound() {
    assertBroken(Rules.ONLY_BUS_TOUCHES_THE_EVENT_BUS, Violating.class);
    assertKept(Rules.ONLY_BUS_TOUCHES_THE_EVENT_BUS, Innocent.class);
  }

  @Test
  void aCycleBetweenPackagesIsFound() {
    ArchRule rule = Rules.noCycles(FIXTURES + ".(*).(*)..");

    assertBroken(rule, Left.class, Right.class);
    assertKept(rule, Left.class);
  }

  private static void assertBroken(ArchRule rule, Class<?>... classes) {
    assertTrue(
        rule.allowEmptyShould(true).evaluate(imported(classes)).hasViolation(),
        rule::getDescription);
  }

  private static void assertKept(ArchRule rule, Class<?>... classes) {
    assertFalse(
        rule.allowEmptyShould(true).evaluate(imported(classes)).hasViolation(),
        rule::getDescription);
  }

  private static JavaClasses imported(Class<?>... classes) {
    return new ClassFileImporter().importClasses(classes);
  }
}
