package pantheon.night.disk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * A folder in which one owner makes files whole, to rename them to where they count. Owners have numbers; whoever takes
 * over removes the folders of those before it. A process that was one of them, however long it slept and whatever it had
 * looked at last, then has no name left to rename: the file system decides that in the one step that counts, also over a
 * network, and no clock is asked.
 *
 * @param place holds the owners' folders; on the file system of what files are moved to
 * @param owner its number, as the folder's name
 */
public record OwnFolder(Path place, long owner) implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[0-9]{1,18}");

    /** Makes an owner's folder, and removes those of the owners before it. */
    public static OwnFolder take(Path place, long owner) throws IOException {
        var own = new OwnFolder(place, owner);
        Files.createDirectories(own.path());
        own.fenceOff();
        return own;
    }

    private Path path() {
        return place.resolve(Long.toString(owner));
    }

    /** From here on nobody before this owner moves anything. */
    private void fenceOff() throws IOException {
        for (var folder : folders()) {
            var name = folder.getFileName().toString();
            if (NAME.matcher(name).matches() && Long.parseLong(name) < owner) {
                remove(folder);
            }
        }
    }

    private List<Path> folders() throws IOException {
        try (var folders = Files.list(place)) {
            return folders.toList();
        }
    }

    /** Its owner may be making files in it; each one costs it a step, and at the end nothing can be made in it. */
    private static void remove(Path folder) throws IOException {
        while (Files.exists(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException | NoSuchFileException | NotDirectoryException e) {
                // it made another one, or has removed it itself
            }
        }
    }

    /** A name in it that nothing has. */
    public Path name() {
        return path().resolve(UUID.randomUUID().toString());
    }

    /** Whether nobody took over. */
    public boolean isKept() {
        return Files.isDirectory(path());
    }

    /**
     * Puts a file of it, or one that could be made in it, in the place of what there may be.
     *
     * @throws NightException with exit code 75 where somebody took over
     */
    public void move(Path file, Path to) throws IOException {
        try {
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            if (isKept()) {
                throw e;
            }
            throw overtaken();
        }
    }

    /** What to say where somebody took over. */
    public static NightException overtaken() {
        return new NightException(
                ExitCode.WORK_LEFT,
                "another process has taken this night over while this one was stopped. It goes on there, and nothing more is written here.");
    }

    /** Removes it, and the place where it was the last. */
    @Override
    public void close() throws IOException {
        if (isKept()) {
            remove(path());
            if (folders().isEmpty()) {
                Files.deleteIfExists(place);
            }
        }
    }
}
