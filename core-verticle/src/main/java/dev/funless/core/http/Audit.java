package dev.funless.core.http;

import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed what, in the core's log, as lines of the logger {@code audit}. */
final class Audit {

  private static final Logger log = LoggerFactory.getLogger("audit");

  private static final String SUBJECT = "subject";

  private Audit() {}

  /** Whose token the request carries. */
  static void isBy(RoutingContext request, String subject) {
    request.put(SUBJECT, subject);
  }

  /**
   * Notes a change that was made. The parts are names, which need no escaping.
   *
   * @param what such as {@code deleted the function}
   */
  static void changed(RoutingContext request, String what, Object name) {
    String subject = request.get(SUBJECT);
    log.info("{} {} {}", subject, what, name);
  }
}
