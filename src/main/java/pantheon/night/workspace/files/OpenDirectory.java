package pantheon.night.workspace.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An open directory of a scratch checkout. Every operation works relative to its file descriptor (openat and friends)
 * and follows no symbolic link, so that nothing swapped in during a call can lead outside. What the JDK offers by path
 * only (making directories and links) is done under a random name in the trusted top directory and then renamed, by
 * descriptors, to where it belongs.
 */
public final class OpenDirectory implements AutoCloseable {
    public static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int ATTEMPTS = 100;

    private final SecureDirectoryStream<Path> stream;
    private final Path path;

    private OpenDirectory(SecureDirectoryStream<Path> stream, Path path) {
        this.stream = stream;
        this.path = path;
    }

    /** Opens the top directory of a scratch checkout, whose own path nobody but this program can change. */
    @SuppressWarnings("StreamResourceLeak")
    public // the new object holds it, and closes it
    static OpenDirectory top(Path path) throws IOException {
        var stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenDirectory(secure, path);
        }
        stream.close();
        throw new IllegalStateException(
                "no SecureDirectoryStream for %s; expected a Linux file system".formatted(path));
    }

    /** The names in this directory, in no order; may be called once. */
    public List<Path> names() throws IOException {
        var names = new ArrayList<Path>();
        try {
            for (var entry : stream) {
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    public Optional<PosixFileAttributes> attributes(Path name) throws IOException {
        try {
            return Optional.of(view(name).readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public FileKind kind(Path name) throws IOException {
        return attributes(name).map(FileKind::of).orElse(FileKind.ABSENT);
    }

    /** Where a name of this directory is; for what can only be asked by path. */
    public Path resolve(Path name) {
        return path.resolve(name);
    }

    public OpenDirectory open(Path name) throws IOException {
        return new OpenDirectory(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS), path.resolve(name));
    }

    public SeekableByteChannel read(Path name) throws IOException {
        return stream.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Makes a file that was not there before, with exactly the permissions of its kind. */
    public void createFile(Path name, boolean executable, Content content) throws IOException {
        var permissions = PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
        try (var channel = stream.newByteChannel(
                name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(permissions))) {
            content.writeTo(Channels.newOutputStream(channel));
        }
        if (!view(name).readAttributes().permissions().equals(permissions)) { // the umask took some
            view(name).setPermissions(permissions);
        }
    }

    /** Makes an empty directory; one that is there already stays. */
    public void createDirectory(OpenDirectory top, Path name) throws IOException {
        var staged = randomName();
        Files.createDirectory(top.path.resolve(staged));
        top.view(staged).setPermissions(DIRECTORY);
        for (int attempt = 1; ; attempt++) {
            try {
                top.rename(staged, this, name);
                return;
            } catch (FileSystemException e) {
                var kind = kind(name);
                if (kind == FileKind.ABSENT && attempt < ATTEMPTS) {
                    continue; // something stood there for a moment
                }
                top.stream.deleteDirectory(staged);
                if (kind == FileKind.DIRECTORY) {
                    return;
                }
                throw kind == FileKind.ABSENT ? e : new NotDirectoryException(name.toString());
            }
        }
    }

    public void createSymlink(OpenDirectory top, Path name, Path target) throws IOException {
        var staged = randomName();
        Files.createSymbolicLink(top.path.resolve(staged), target);
        top.rename(staged, this, name);
    }

    /** Renames within the checkout; replaces a file at the target. */
    void rename(Path name, OpenDirectory to, Path toName) throws IOException {
        stream.move(name, to.stream, toName);
    }

    void deleteFile(Path name) throws IOException {
        stream.deleteFile(name);
    }

    void deleteDirectory(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    /** Gives a subdirectory the permissions of one, whatever it had. */
    public void unlock(Path name) throws IOException {
        if (view(name).readAttributes().permissions().equals(DIRECTORY)) {
            return;
        }
        try {
            view(name).setPermissions(DIRECTORY);
        } catch (AccessDeniedException e) {
            // The JDK opens what it changes, which needs permissions first. By path this could meet something else,
            // swapped in; so it gives nothing to anyone but the owner, who could do the same.
            Files.setPosixFilePermissions(path.resolve(name), OWNER_ONLY);
            view(name).setPermissions(DIRECTORY);
        }
    }

    /** Sets when something was changed and read last. */
    public void setTimes(Path name, FileTime time) throws IOException {
        view(name).setTimes(time, time, null);
    }

    /** A name for something that is not in its place yet. */
    public static Path randomName() {
        return Path.of(".night-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    private PosixFileAttributeView view(Path name) {
        var view = stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new IllegalStateException("no POSIX attributes for %s; expected a Linux file system".formatted(path));
        }
        return view;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** What is to be written into a new file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
