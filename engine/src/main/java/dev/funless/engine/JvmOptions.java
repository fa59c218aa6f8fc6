package dev.funless.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Options of the JVM that guests need to be stopped in time and to run fast. */
final class JvmOptions {

  private static final Logger LOG = LoggerFactory.getLogger(JvmOptions.class);

  private static final AtomicBoolean CHECKED = new AtomicBoolean();

  private JvmOptions() {}

  /** Warns of what is not as it should be, once. */
  static void check() {
    if (CHECKED.getAndSet(true)) {
      return;
    }
    warnUnless(
        "UseCountedLoopSafepoints",
        "true",
        "a function may run past its deadline; use -XX:+UseCountedLoopSafepoints");
    warnUnless(
        "DontCompileHugeMethods",
        "false",
        "large functions run slowly; use -XX:-DontCompileHugeMethods");
  }

  private static void warnUnless(String option, String expected, String otherwise) {
    try {
      var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      String value = jvm.getVMOption(option).getValue();
      if (!value.equals(expected)) {
        LOG.warn("The JVM runs with {}={}: {}", option, value, otherwise);
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("This JVM has no option {}", option);
    }
  }
}
