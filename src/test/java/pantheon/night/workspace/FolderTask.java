package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Sha256;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;

/** A task's files in a plain directory; what stood there when it was made is the base. It has no patch. */
public final class FolderTask implements TaskFiles {
    private final Path root;
    private final Map<String, byte[]> base;

    private FolderTask(Path root) {
        this.root = root;
        this.base = contents(root);
    }

    /** Files by their paths, written into an existing directory. */
    public static FolderTask of(Path root, Map<String, String> files) {
        try {
            for (var file : files.entrySet()) {
                var path = root.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FolderTask(root);
    }

    public Path root() {
        return root;
    }

    /** A file's text as it is now. */
    public String text(String path) throws PathRefused {
        return new String(files().read(path), UTF_8);
    }

    @Override
    public ScratchFiles files() {
        return ScratchFiles.at(root);
    }

    @Override
    public BaseFiles base() {
        return new FolderBase(base);
    }

    private record FolderBase(Map<String, byte[]> files) implements BaseFiles {
        @Override
        public String commit() {
            var all = files.entrySet().stream().map(file -> file.getKey() + new String(file.getValue(), UTF_8));
            return Sha256.hex(all.collect(Collectors.joining("\n")));
        }

        @Override
        public List<Moved> moved() {
            return List.of();
        }

        @Override
        public List<String> paths() {
            return List.copyOf(files.keySet());
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            var content = files.get(path);
            if (content == null) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return content;
        }
    }

    @Override
    public Changes changes() {
        var now = contents(root);
        var paths = new TreeSet<>(base.keySet());
        paths.addAll(now.keySet());
        paths.removeIf(path -> Arrays.equals(base.get(path), now.get(path)));
        return new FolderChanges(List.copyOf(paths), base, now);
    }

    @Override
    public Changes left() {
        return changes();
    }

    private record FolderChanges(List<String> paths, Map<String, byte[]> base, Map<String, byte[]> now)
            implements Changes {
        @Override
        public byte @Nullable [] original(String path) {
            return base.get(path);
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            var content = now.get(path);
            if (content == null) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return content;
        }

        /** No patch of git's, but it tells one state of the files from another: the changed ones, whole. */
        @Override
        public String patch() {
            return paths.stream()
                    .map(path -> path + "\n" + new String(now.getOrDefault(path, new byte[0]), UTF_8))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Map<String, byte[]> contents(Path root) {
        var contents = new TreeMap<String, byte[]>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }
}
