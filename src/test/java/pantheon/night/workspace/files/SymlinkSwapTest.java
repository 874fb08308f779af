package pantheon.night.workspace.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thread swaps a directory and a file for links to outside and back, as fast as it can, during the calls. */
@Timeout(120)
class SymlinkSwapTest {
    /** At the least; a machine whose threads take turns needs more until they meet. */
    private static final int CALLS = 3_000;

    @TempDir
    Path directory;

    private final AtomicBoolean stop = new AtomicBoolean();
    private Path root;
    private Path outside;
    private ScratchFiles files;
    private Thread swapper;
    private int refused;

    @BeforeEach
    void start_swapping() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("f"), "outside");
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/f"), "inside");
        Files.createSymbolicLink(directory.resolve("link"), outside);
        files = ScratchFiles.at(root);
        swapper = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                swap();
            }
        });
    }

    private void swap() {
        try {
            Path file = Files.writeString(directory.resolve("file"), "inside");
            Files.move(file, root.resolve("f"), StandardCopyOption.REPLACE_EXISTING);
            Path link = Files.createSymbolicLink(directory.resolve("file-link"), outside.resolve("f"));
            Files.move(link, root.resolve("f"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(root.resolve("d"), directory.resolve("parked"));
            Files.move(directory.resolve("link"), root.resolve("d"));
        } catch (FileAlreadyExistsException e) {
            // a write made "d" anew while it was away; it goes again below
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            if (Files.isSymbolicLink(root.resolve("d"))) {
                Files.move(root.resolve("d"), directory.resolve("link"));
            }
            while (Files.exists(directory.resolve("parked"))) {
                putBack();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putBack() {
        try {
            Files.move(directory.resolve("parked"), root.resolve("d"));
        } catch (IOException e) {
            // a write made "d" anew in the meantime
            try (Stream<Path> entries = Files.list(root.resolve("d"))) {
                for (Path entry : entries.toList()) {
                    Files.deleteIfExists(entry);
                }
                Files.deleteIfExists(root.resolve("d"));
            } catch (IOException again) {
                // the next turn looks again
            }
        }
    }

    @AfterEach
    void stop_swapping() throws InterruptedException {
        stop.set(true);
        swapper.join();
    }

    @Test
    void no_read_ever_sees_what_is_outside() {
        int seen = 0;
        for (int i = 0; i < CALLS || seen == 0 || refused == 0; i++) {
            try {
                assertEquals("inside", new String(files.read(i % 2 == 0 ? "d/f" : "f"), UTF_8));
                seen++;
            } catch (PathRefused e) {
                refused++;
            }
        }
    }

    @Test
    void a_read_by_path_is_led_outside() {
        boolean led = false;
        while (!led) { // the control: the swaps really are a way out, found within moments
            try {
                led = Files.readString(root.resolve("d/f")).equals("outside");
            } catch (IOException e) {
                refused++;
            }
        }
    }

    @Test
    void no_listing_ever_shows_what_is_outside() throws IOException {
        Files.writeString(outside.resolve("only-outside"), "x");
        for (int i = 0; i < CALLS || refused == 0; i++) {
            try {
                if (files.list("d", 9).paths().contains("d/only-outside")) {
                    fail("listed through the link");
                }
            } catch (PathRefused e) {
                refused++;
            }
        }
    }

    @Test
    void no_write_move_or_delete_ever_reaches_outside() throws IOException {
        int done = 0;
        for (int i = 0; i < CALLS || done == 0 || refused == 0; i++) {
            try {
                switch (i % 4) {
                    case 0 -> files.write("d/new", new byte[] {1});
                    case 1 -> files.move("d/new", "d/moved");
                    case 2 -> files.delete("d/moved");
                    default -> files.write("f", new byte[] {1});
                }
                done++;
            } catch (PathRefused e) {
                refused++;
            }
        }
        try (var entries = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("f")), entries.toList());
        }
        assertEquals("outside", Files.readString(outside.resolve("f")));
    }
}
