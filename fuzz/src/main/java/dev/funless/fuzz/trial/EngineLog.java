package dev.funless.fuzz.trial;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Catches what the engine logs as a warning or an error, instead of printing it. Thread-safe. */
final class EngineLog extends AppenderBase<ILoggingEvent> {

  private static final int LINES = 100;
  private static final EngineLog INSTANCE = install();

  private final Deque<String> lines = new ArrayDeque<>();

  private static EngineLog install() {
    var log = new EngineLog();
    var engine = (Logger) LoggerFactory.getLogger("dev.funless.engine");
    log.setContext(engine.getLoggerContext());
    log.start();
    engine.setLevel(Level.WARN);
    engine.setAdditive(false);
    engine.addAppender(log);
    return log;
  }

  static void clear() {
    synchronized (INSTANCE.lines) {
      INSTANCE.lines.clear();
    }
  }

  static void add(String line) {
    synchronized (INSTANCE.lines) {
      if (INSTANCE.lines.size() < LINES) {
        INSTANCE.lines.add(line);
      }
    }
  }

  static Optional<String> first() {
    synchronized (INSTANCE.lines) {
      return Optional.ofNullable(INSTANCE.lines.peekFirst());
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    add(
        event.getFormattedMessage()
            + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
  }
}
