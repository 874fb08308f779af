package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * A command in this process on recorded nights, and what it said. Who runs one takes the standard streams, so no other
 * test may run beside it.
 */
record SaidCommand(int status, String out, String err) {
    static SaidCommand of(GoldenNights nights, String... words) {
        return of(nights.arguments(new GoldenNights.Line("", List.of(words))));
    }

    /** The same with all arguments. */
    static SaidCommand of(String[] arguments) {
        var out = System.out;
        var err = System.err;
        var said = new ByteArrayOutputStream();
        var wrong = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        System.setErr(new PrintStream(wrong, true, UTF_8));
        try {
            int status = Main.run(arguments);
            return new SaidCommand(status, said.toString(UTF_8), wrong.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** What one that succeeds says. */
    static String good(GoldenNights nights, String... words) {
        var said = of(nights, words);
        assertEquals(0, said.status(), said.err());
        return said.out();
    }
}
