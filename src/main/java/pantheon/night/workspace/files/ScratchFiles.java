package pantheon.night.workspace.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What is said of a path that leads nowhere. */
    private static final Set<PathRefused.Code> ABSENT =
            Set.of(PathRefused.Code.NOT_FOUND, PathRefused.Code.NOT_DIRECTORY);

    private final Path root;
    private final Writes writes;

    private ScratchFiles(Path root, Writes writes) {
        this.root = root;
        this.writes = writes;
    }

    /** The files under a directory that exists; the path to it is trusted. */
    public static ScratchFiles at(Path root) {
        return at(root, Writes.unnoticed());
    }

    /** The same; somebody is told of each change before it is made. */
    public static ScratchFiles at(Path root, Writes writes) {
        return new ScratchFiles(root.toAbsolutePath().normalize(), writes);
    }

    /** The directory, for a command that is confined to it. It may change anything there from now on. */
    public Path root() {
        writes.anywhere();
        return root;
    }

    /** The directory, for whoever cannot write there or does not. */
    public Path readOnlyRoot() {
        return root;
    }

    /** The content of a regular file of at most {@link #MAX_FILE_BYTES}. */
    public byte[] read(String path) throws PathRefused {
        return within(ScratchPath.asked(path), false, (top, directory, name) -> {
            if (requireFile(directory, name, path).size() > MAX_FILE_BYTES) {
                throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
            }
            return read(directory, name, path);
        });
    }

    /** Reads at most the limit, whatever size the file was said to have. */
    public static byte[] read(OpenDirectory directory, Path name, String path) throws IOException, PathRefused {
        try (var channel = directory.read(name)) {
            var content = new ByteArrayOutputStream();
            var buffer = ByteBuffer.allocate(64 * 1024);
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
        var target = ScratchPath.asked(path);
        if (content.length > MAX_FILE_BYTES) {
            throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
        }
        changing(target, true, (top, directory, name) -> {
            boolean executable = directory.kind(name) != FileKind.ABSENT
                    && requireFile(directory, name, path).permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            writes.at(target.text());
            replace(directory, name, executable, content);
            return content;
        });
    }

    private static void replace(OpenDirectory directory, Path name, boolean executable, byte[] content)
            throws IOException {
        var temporary = OpenDirectory.randomName();
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
    }

    /** Whether a regular file or a directory is there. A symbolic link is refused like everywhere else. */
    public boolean exists(String path) throws PathRefused {
        try {
            return within(ScratchPath.asked(path), false, (top, directory, name) -> exists(directory.kind(name), path));
        } catch (PathRefused e) {
            if (!ABSENT.contains(e.code())) {
                throw e;
            }
            return false;
        }
    }

    private static boolean exists(FileKind kind, String path) throws PathRefused {
        return switch (kind) {
            case FILE, DIRECTORY -> true;
            case ABSENT -> false;
            case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path);
            case OTHER -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path);
        };
    }

    /**
     * The regular files under a directory, in it and below, in ascending order. Symbolic links, {@code .git} and names
     * that no path can name are not shown.
     *
     * @param directory a path, or "" or "." for the whole workspace
     * @param limit how many paths to give at most
     */
    public Listing list(String directory, int limit) throws PathRefused {
        var walk = new Walk(limit);
        if (ScratchPath.isTop(directory)) {
            return new Listing(walk.paths, walkAll(walk, directory));
        }
        var path = ScratchPath.asked(directory);
        boolean complete = within(path, false, (top, parent, name) -> {
            try (var start = enter(top, parent, name, path, false)) {
                return walk.collect(start, path.text() + "/", path.segments().size() + 1);
            }
        });
        return new Listing(walk.paths, complete);
    }

    private boolean walkAll(Walk walk, String directory) throws PathRefused {
        try (var top = OpenDirectory.top(root)) {
            return walk.collect(top, "", 1);
        } catch (IOException e) {
            throw PathRefused.of(e, directory);
        }
    }

    /** Renames a regular file; the target must not exist, and its missing directories are made. */
    public void move(String from, String to) throws PathRefused {
        var source = ScratchPath.asked(from);
        var target = ScratchPath.asked(to);
        changing(source, false, (top, directory, name) -> {
            requireFile(directory, name, from);
            return changing(target, true, (alsoTop, newDirectory, newName) -> {
                writes.at(source.text());
                writes.at(target.text());
                renameToNew(directory, name, newDirectory, newName);
                return to;
            });
        });
    }

    /** Since renameat() overwrites, the name is taken first with O_EXCL: nothing of anyone's is left to overwrite. */
    private static void renameToNew(OpenDirectory source, Path name, OpenDirectory directory, Path newName)
            throws IOException {
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
    }

    /** Removes a regular file. */
    public void delete(String path) throws PathRefused {
        var target = ScratchPath.asked(path);
        changing(target, false, (top, directory, name) -> {
            requireFile(directory, name, path);
            writes.at(target.text());
            directory.deleteFile(name);
            return path;
        });
    }

    private static PosixFileAttributes requireFile(OpenDirectory directory, Path name, String path)
            throws IOException, PathRefused {
        var attributes =
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
        try (var top = OpenDirectory.top(root)) {
            return descend(top, top, path, 0, create, action);
        } catch (IOException e) {
            throw PathRefused.of(e, path.text());
        }
    }

    /** The same for an action that writes; one that failed may have left anything half done. */
    private <T> T changing(ScratchPath path, boolean create, Action<T> action) throws PathRefused {
        try (var top = OpenDirectory.top(root)) {
            return descend(top, top, path, 0, create, action);
        } catch (IOException e) {
            writes.anywhere();
            throw PathRefused.of(e, path.text());
        }
    }

    private <T> T descend(
            OpenDirectory top, OpenDirectory here, ScratchPath path, int depth, boolean create, Action<T> action)
            throws IOException, PathRefused {
        if (depth == path.parents().size()) {
            return action.in(top, here, path.name());
        }
        try (var next = enter(top, here, path.parents().get(depth), path, create)) {
            return descend(top, next, path, depth + 1, create, action);
        }
    }

    private OpenDirectory enter(OpenDirectory top, OpenDirectory here, Path name, ScratchPath path, boolean create)
            throws IOException, PathRefused {
        switch (here.kind(name)) {
            case DIRECTORY -> {}
            case ABSENT -> {
                if (!create) {
                    throw new PathRefused(PathRefused.Code.NOT_FOUND, path.text());
                }
                writes.at(path.text());
                here.createDirectory(top, name);
            }
            case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path.text());
            case FILE -> throw new PathRefused(PathRefused.Code.NOT_DIRECTORY, path.text());
            case OTHER -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path.text());
        }
        return here.open(name);
    }

    /** Collects the regular files under a directory in order, up to a limit. */
    private static final class Walk {
        private final int limit;
        private final List<String> paths = new ArrayList<>();

        private Walk(int limit) {
            this.limit = limit;
        }

        /** Whether everything is collected that is there. */
        private boolean collect(OpenDirectory directory, String prefix, int depth) throws IOException {
            for (var entry : entries(directory).entrySet()) {
                var path = prefix + entry.getKey();
                boolean complete = path.endsWith("/") ? below(directory, entry.getValue(), path, depth) : add(path);
                if (!complete) {
                    return false;
                }
            }
            return true;
        }

        private boolean below(OpenDirectory directory, Path name, String prefix, int depth) throws IOException {
            if (depth == ScratchPath.MAX_SEGMENTS) {
                return false;
            }
            try (var child = directory.open(name)) {
                return collect(child, prefix, depth + 1);
            }
        }

        private boolean add(String path) {
            return paths.size() < limit && paths.add(path);
        }

        /** A directory sorts as its name and "/", as in git's trees: then the walk gives whole paths in order. */
        private static Map<String, Path> entries(OpenDirectory directory) throws IOException {
            var entries = new TreeMap<String, Path>();
            for (var name : directory.names()) {
                var kind = directory.kind(name);
                if ((kind == FileKind.FILE || kind == FileKind.DIRECTORY) && ScratchPath.isPlain(name)) {
                    entries.put(kind == FileKind.DIRECTORY ? name + "/" : name.toString(), name);
                }
            }
            return entries;
        }
    }

    /** What is done in an open directory with the last name of a path. */
    @FunctionalInterface
    private interface Action<T> {
        T in(OpenDirectory top, OpenDirectory directory, Path name) throws IOException, PathRefused;
    }
}
