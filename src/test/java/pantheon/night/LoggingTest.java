package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged on standard error as the program ships: its own warnings, and nothing of the libraries. */
final class LoggingTest {
    private final LoggerContext shipped = new LoggerContext();

    @BeforeEach
    void read_what_ships() throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(shipped);
        configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    }

    @Test
    void the_program_s_own_warnings_are_said() {
        var own = shipped.getLogger("pantheon.night.workspace.scratch.Scratch");
        assertTrue(own.isWarnEnabled());
        assertFalse(own.isInfoEnabled());
    }

    @Test
    void what_libraries_log_is_not() {
        assertFalse(shipped.getLogger("org.eclipse.jgit").isErrorEnabled());
        assertFalse(shipped.getLogger("com.networknt.schema.keyword.PatternValidator")
                .isErrorEnabled());
    }
}
