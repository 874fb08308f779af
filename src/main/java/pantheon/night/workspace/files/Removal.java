package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Takes away whatever stands in a scratch checkout, however deep and with whatever permissions. */
public final class Removal {
    /** Paths must stay short enough for the kernel; what lies deeper is brought up to the top first. */
    private static final int MAX_DEPTH = 8;

    private final OpenDirectory top;
    private final Deque<Path> broughtUp = new ArrayDeque<>();

    public Removal(OpenDirectory top) {
        this.top = top;
    }

    public void remove(OpenDirectory directory, Path name) throws IOException {
        remove(directory, name, 0);
        while (!broughtUp.isEmpty()) {
            remove(top, broughtUp.remove(), 0);
        }
    }

    private void remove(OpenDirectory directory, Path name, int depth) throws IOException {
        try {
            if (directory.kind(name) != FileKind.DIRECTORY) {
                directory.deleteFile(name);
                return;
            }
            requireNoMount(directory, name);
            directory.unlock(name);
            if (depth == MAX_DEPTH) {
                bringUp(directory, name);
            } else {
                removeDirectory(directory, name, depth);
            }
        } catch (NoSuchFileException e) {
            // Already gone, which is what was wanted.
            return;
        }
    }

    /** What is mounted there is somebody else's. */
    private static void requireNoMount(OpenDirectory directory, Path name) throws IOException {
        if (Traits.isMount(directory, name)) {
            throw new FileSystemException(directory.resolve(name).toString(), null, "something is mounted there");
        }
    }

    private void bringUp(OpenDirectory directory, Path name) throws IOException {
        var upName = OpenDirectory.randomName();
        directory.rename(name, top, upName);
        broughtUp.add(upName);
    }

    private void removeDirectory(OpenDirectory directory, Path name, int depth) throws IOException {
        try (var child = directory.open(name)) {
            for (var entry : child.names()) {
                remove(child, entry, depth + 1);
            }
        }
        directory.deleteDirectory(name);
    }
}
