package pantheon.night.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import pantheon.night.ExitCode;
import pantheon.night.InOrder;
import pantheon.night.NightException;

/** Reads back a file of rows that was written; what still looks like a secret must not leave the machine. */
final class SecondSearch {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Secrets secrets;
    private final Path file;
    private final String name;

    /** @param name what messages call the file */
    SecondSearch(Secrets secrets, Path file, String name) {
        this.secrets = secrets;
        this.file = file;
        this.name = name;
    }

    /** @throws NightException with exit code 65 where a line holds what looks like a secret */
    void requireClean() throws IOException {
        try (var stream = Files.newInputStream(file);
                var inOrder = new InOrder<byte[], Boolean>(this::isClean, this::requireClean)) {
            var rest = new byte[0];
            for (var read = stream.readNBytes(BLOCK_BYTES); read.length > 0; read = stream.readNBytes(BLOCK_BYTES)) {
                var block = Arrays.copyOf(rest, rest.length + read.length);
                System.arraycopy(read, 0, block, rest.length, read.length);
                int end = block.length;
                while (end > 0 && block[end - 1] != '\n') {
                    end--;
                }
                rest = Arrays.copyOfRange(block, end, block.length);
                inOrder.add(Arrays.copyOf(block, end), end);
            }
            inOrder.add(rest, rest.length);
        }
    }

    /** Many lines at once, since nearly all hold none; each by itself where one may. */
    private boolean isClean(byte[] block) {
        var text = new String(block, StandardCharsets.UTF_8);
        return secrets.find(text).isEmpty()
                || text.lines().allMatch(line -> secrets.find(line).isEmpty());
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
        try (var lines = Files.lines(file)) {
            int number = 0;
            for (var line : (Iterable<String>) lines::iterator) {
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
