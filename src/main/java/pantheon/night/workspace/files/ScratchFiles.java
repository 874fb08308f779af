package pantheon.night.workspace.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import pantheon.night.NightException;

/**
 * The files that a task's tools may touch, confined to one directory. Paths are relative to it, their segments joined
 * by "/". No symbolic link is followed in any segment, not even one that points inside or that is swapped in during
 * the call; only regular files are read and written. What is not served is a {@link PathRefused}; a disk that fails is
 * a {@link NightException}.
 */
public final class ScratchFiles {
    /** The largest file that is read or written, 16 MiB. */
    public static final int MAX_FILE_BYTES = 16 * 1024 * 1024;

    private final Path root;

    private ScratchFiles(Path root) {
        this.root = root;
    }

    /** The files under a directory that exists; the path to it is trusted. */
    public static ScratchFiles at(Path root) {
        return new ScratchFiles(root.toAbsolutePath().normalize());
    }

    /** The directory, for a command that is confined to it. */
    public Path root() {
        return root;
    }

    /** The content of a regular file of at most {@link #MAX_FILE_BYTES}. */
    public byte[] read(String path) throws PathRefused {
        return within(ScratchPath.parse(path), false, (top, directory, name) -> {
            if (requireFile(directory, name, path).size() > MAX_FILE_BYTES) {
                throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
            }
            return read(directory, name, path);
        });
    }

    /** Reads at most the limit, whatever size the file was said to have. */
    public static byte[] read(OpenDirectory directory, Path name, String path) throws IOException, PathRefused {
        try (SeekableByteChannel channel = directory.read(name)) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(buffer) >= 0) {
                content.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                if (content.size() > MAX_FILE_BYTES) {
                    throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
                }
            }
            return content.toByteArray();
        }
    }

    /** Makes or replaces a regular file in one step, so that no reader sees half of it; missing directories are made. */
    public void write(String path, byte[] content) throws PathRefused {
        ScratchPath target = ScratchPath.parse(path);
        if (content.length > MAX_FILE_BYTES) {
            throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
        }
        within(target, true, (top, directory, name) -> {
            boolean executable = directory.kind(name) != FileKind.ABSENT
                    && requireFile(directory, name, path).permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            Path temporary = OpenDirectory.randomName();
            boolean renamed = false;
            try {
                directory.createFile(temporary, executable, out -> out.write(content));
                directory.rename(temporary, directory, name);
                renamed = true;
            } finally {
                if (!renamed && directory.kind(temporary) == FileKind.FILE) {
                    directory.deleteFile(temporary);
                }
            }
            return content;
        });
    }

    /** Whether a regular file or a directory is there. A symbolic link is refused like everywhere else. */
    public boolean exists(String path) throws PathRefused {
        try {
            return within(ScratchPath.parse(path), false, (top, directory, name) -> switch (directory.kind(name)) {
                case FILE, DIRECTORY -> true;
                case ABSENT -> false;
                case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path);
                case OTHER -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path);
            });
        } catch (PathRefused e) {
            if (e.code() == PathRefused.Code.NOT_FOUND || e.code() == PathRefused.Code.NOT_DIRECTORY) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The regular files under a directory, in it and below, in ascending order. Symbolic links, {@code .git} and names
     * that no path can name are not shown.
     *
     * @param directory a path, or "" or "." for the whole workspace
     * @param limit how many paths to give at most
     */
    public Listing list(String directory, int limit) throws PathRefused {
        List<String> paths = new ArrayList<>();
        if (directory.isEmpty() || directory.equals(".")) {
            try (OpenDirectory top = OpenDirectory.top(root)) {
                return new Listing(paths, collect(top, "", 1, limit, paths));
            } catch (IOException e) {
                throw PathRefused.of(e, directory);
            }
        }
        ScratchPath path = ScratchPath.parse(directory);
        boolean complete = within(path, false, (top, parent, name) -> {
            try (OpenDirectory start = enter(top, parent, name, path, false)) {
                return collect(start, directory + "/", path.segments().size() + 1, limit, paths);
            }
        });
        return new Listing(paths, complete);
    }

    private static boolean collect(OpenDirectory directory, String prefix, int depth, int limit, List<String> paths)
            throws IOException {
        // A directory sorts as its name and "/", as in git's trees: then the walk gives whole paths in order.
        TreeMap<String, Path> entries = new TreeMap<>();
        for (Path name : directory.names()) {
            FileKind kind = directory.kind(name);
            if ((kind == FileKind.FILE || kind == FileKind.DIRECTORY) && ScratchPath.isPlain(name)) {
                entries.put(kind == FileKind.DIRECTORY ? name + "/" : name.toString(), name);
            }
        }
        for (var entry : entries.entrySet()) {
            if (!entry.getKey().endsWith("/")) {
                if (paths.size() == limit) {
                    return false;
                }
                paths.add(prefix + entry.getKey());
            } else if (depth == ScratchPath.MAX_SEGMENTS) {
                return false;
            } else {
                try (OpenDirectory child = directory.open(entry.getValue())) {
                    if (!collect(child, prefix + entry.getKey(), depth + 1, limit, paths)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Renames a regular file; the target must not exist, and its missing directories are made. */
    public void move(String from, String to) throws PathRefused {
        ScratchPath target = ScratchPath.parse(to);
        within(ScratchPath.parse(from), false, (top, source, name) -> {
            requireFile(source, name, from);
            return within(target, true, (alsoTop, directory, newName) -> {
                // renameat() overwrites; taking the name first with O_EXCL leaves nothing of anyone's to overwrite.
                directory.createFile(newName, false, out -> {});
                boolean renamed = false;
                try {
                    source.rename(name, directory, newName);
                    renamed = true;
                } finally {
                    if (!renamed) {
                        directory.deleteFile(newName);
                    }
                }
                return to;
            });
        });
    }

    /** Removes a regular file. */
    public void delete(String path) throws PathRefused {
        within(ScratchPath.parse(path), false, (top, directory, name) -> {
            requireFile(directory, name, path);
            directory.deleteFile(name);
            return path;
        });
    }

    private static PosixFileAttributes requireFile(OpenDirectory directory, Path name, String path)
            throws IOException, PathRefused {
        PosixFileAttributes attributes =
                directory.attributes(name).orElseThrow(() -> new PathRefused(PathRefused.Code.NOT_FOUND, path));
        return switch (FileKind.of(attributes)) {
            case FILE -> attributes;
            case DIRECTORY -> throw new PathRefused(PathRefused.Code.IS_DIRECTORY, path);
            case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path);
            case OTHER, ABSENT -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path);
        };
    }

    /** Runs an action in the directory that holds the path's last segment, every directory on the way held open. */
    private <T> T within(ScratchPath path, boolean create, Action<T> action) throws PathRefused {
        try (OpenDirectory top = OpenDirectory.top(root)) {
            return descend(top, top, path, 0, create, action);
        } catch (IOException e) {
            throw PathRefused.of(e, path.text());
        }
    }

    private <T> T descend(
            OpenDirectory top, OpenDirectory here, ScratchPath path, int depth, boolean create, Action<T> action)
            throws IOException, PathRefused {
        if (depth == path.parents().size()) {
            return action.in(top, here, path.name());
        }
        try (OpenDirectory next = enter(top, here, path.parents().get(depth), path, create)) {
            return descend(top, next, path, depth + 1, create, action);
        }
    }

    private static OpenDirectory enter(
            OpenDirectory top, OpenDirectory here, Path name, ScratchPath path, boolean create)
            throws IOException, PathRefused {
        switch (here.kind(name)) {
            case DIRECTORY -> {}
            case ABSENT -> {
                if (!create) {
                    throw new PathRefused(PathRefused.Code.NOT_FOUND, path.text());
                }
                here.createDirectory(top, name);
            }
            case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path.text());
            case FILE -> throw new PathRefused(PathRefused.Code.NOT_DIRECTORY, path.text());
            case OTHER -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path.text());
        }
        return here.open(name);
    }

    /** What is done in an open directory with the last name of a path. */
    @FunctionalInterface
    private interface Action<T> {
        T in(OpenDirectory top, OpenDirectory directory, Path name) throws IOException, PathRefused;
    }
}
