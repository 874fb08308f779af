package pantheon.night.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program on a terminal of its own, as script(1) of util-linux makes one: what it says is read, and keys are typed. */
final class PseudoTerminal implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("(/dev/pts/[0-9]+)");

    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private int at;

    private PseudoTerminal(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> read(process.getInputStream()));
    }

    /** Starts the program on a terminal of 24 rows of 80 columns. */
    static PseudoTerminal start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        var words = new ArrayList<>(
                List.of(Program.HOME.resolve("bin/pantheon-night").toString()));
        words.addAll(List.of(arguments));
        var line = "tty; stty rows 24 cols 80; exec " + String.join(" ", words);
        var builder = new ProcessBuilder("script", "-qefc", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Program.setEnvironment(builder, environment);
        return new PseudoTerminal(builder.start());
    }

    private void read(InputStream in) {
        var buffer = new byte[1 << 12];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (said) {
                    said.append(new String(buffer, 0, read, UTF_8));
                    said.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until a text was said behind the last one that was waited for. */
    PseudoTerminal until(String text) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        synchronized (said) {
            while (said.indexOf(text, at) < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertTrue(left > 0 && (process.isAlive() || left > 59_000), () -> text + " is not said: " + said);
                said.wait(Math.min(left, 1000));
            }
            at = said.indexOf(text, at) + text.length();
        }
        return this;
    }

    PseudoTerminal type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Changes the size, as who drags a window does. */
    PseudoTerminal resize(int rows, int columns) {
        var place = PLACE.matcher(said());
        assertTrue(place.find(), said());
        var words =
                List.of("stty", "-F", place.group(1), "rows", String.valueOf(rows), "cols", String.valueOf(columns));
        var run = Program.process(Path.of("/"), Map.of(), words);
        assertTrue(run.status() == 0, run.err());
        return this;
    }

    String said() {
        synchronized (said) {
            return said.toString();
        }
    }

    /** Waits for the end, and gives the exit status. */
    int end() throws InterruptedException {
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), this::said);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
