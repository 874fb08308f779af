package pantheon.night.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of a night, read from a command line. */
final class NightOptionsTest {
    @Command(name = "night")
    private static final class Night {
        @Mixin
        private NightOptions options = new NightOptions();
    }

    private static NightOptions options(String... arguments) {
        var night = new Night();
        new CommandLine(night).parseArgs(arguments);
        return night.options;
    }

    @ParameterizedTest
    @EnumSource
    void what_goes_on_ends_well_for_who_asks_for_it_and_nothing_else_does(ExitCode code) {
        var goesOn = EnumSet.of(ExitCode.WORK_LEFT, ExitCode.STOPPED).contains(code);
        assertEquals(goesOn ? 0 : code.status(), options("--ends-well").status(code));
        assertEquals(code.status(), options().status(code));
    }

    @Test
    void how_many_shards_there_are_goes_before_the_configuration() {
        assertEquals(Map.of("shards", "6"), options("--shard", "3/6").flags());
        assertEquals(Map.of(), options("--shard", "3").flags());
        assertEquals(Map.of(), options().flags());
    }
}
