package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged in this process while it is open. */
final class LogLines implements AutoCloseable {
  private final List<LogEvent> events = new CopyOnWriteArrayList<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final AbstractAppender appender =
      new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          events.add(event.toImmutable());
        }
      };

  LogLines() {
    appender.start();
    context.getConfiguration().getRootLogger().addAppender(appender, null, null);
    context.updateLoggers();
  }

  /** No stack trace, and nothing of a secret. */
  void assertCalm(String secret) {
    for (LogEvent event : events) {
      String message = event.getMessage().getFormattedMessage();
      assertThat(event.getThrown()).as(message).isNull();
      assertThat(message).doesNotContain(secret);
    }
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender("lines");
    context.updateLoggers();
    appender.stop();
  }
}
