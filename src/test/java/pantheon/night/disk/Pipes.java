package pantheon.night.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Named pipes that nobody writes: who opens one to read waits for ever. */
public final class Pipes {
    private Pipes() {}

    /** Makes one, by mkfifo(1). */
    public static Path make(Path file) throws IOException, InterruptedException {
        if (new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("mkfifo cannot make " + file);
        }
        return file;
    }
}
