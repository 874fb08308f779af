package pantheon.night.training.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import pantheon.night.ExitCode;
import pantheon.night.InOrder;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/** Reads back a file of rows that was written; what still looks like a secret must not leave the machine. */
public final class SecondSearch {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Secrets secrets;
    private final Path file;
    private final String name;

    /** @param name what messages call the file */
    public SecondSearch(Secrets secrets, Path file, String name) {
        this.secrets = secrets;
        this.file = file;
        this.name = name;
    }

    /**
     * Sees that no line holds what looks like a secret.
     *
     * @throws NightException with exit code 65 where one does
     */
    public void requireClean() throws IOException {
        try (var stream = RegularFile.stream(file);
                var inOrder = new InOrder<String, Boolean>(this::isClean, this::requireClean)) {
            var rest = new byte[0];
            for (int read = BLOCK_BYTES; read == BLOCK_BYTES; ) {
                var block = Arrays.copyOf(rest, rest.length + BLOCK_BYTES);
                read = stream.readNBytes(block, rest.length, BLOCK_BYTES);
                int end = rest.length + read;
                int lines = end;
                while (read == BLOCK_BYTES && lines > 0 && block[lines - 1] != '\n') {
                    lines--;
                }
                rest = Arrays.copyOfRange(block, lines, end);
                if (lines > 0) {
                    inOrder.add(new String(block, 0, lines, StandardCharsets.UTF_8), lines);
                }
            }
        }
    }

    /** Many lines at once, since nearly all hold none; each by itself where one may. */
    private boolean isClean(String lines) {
        return secrets.find(lines).isEmpty()
                || lines.lines().allMatch(line -> secrets.find(line).isEmpty());
    }

    private void requireClean(boolean clean) {
        if (!clean) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s would still hold what looks like a secret (%s); nothing was written.".formatted(name, where())
                            + " Leave that night out, and report the form of the secret.");
        }
    }

    private String where() {
        try (var lines = RegularFile.reader(file)) {
            int number = 0;
            for (var line : (Iterable<String>) lines.lines()::iterator) {
                number++;
                var kinds = secrets.find(line);
                if (!kinds.isEmpty()) {
                    return "line %d: %s".formatted(number, String.join(", ", kinds));
                }
            }
            throw new IllegalStateException(file + " was changed while it was read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
