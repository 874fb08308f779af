package pantheon.night.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.trainer.docs.SampleDocument;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;

/** A checkout of one file, laid out as a plain directory. */
final class OneFile implements TaskFiles {
    private final Path root;
    private final SampleDocument document;
    private final BaseFiles base;
    private final ScratchFiles files;

    /**
     * @param root an empty directory
     * @param base the repository as it was
     */
    OneFile(Path root, SampleDocument document, BaseFiles base) {
        this.root = root;
        this.document = document;
        this.base = base;
        try {
            var file = root.resolve(document.path());
            Files.createDirectories(file.getParent());
            Files.write(file, document.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.files = ScratchFiles.at(root);
    }

    /** A repository of this one file. */
    static BaseFiles alone(SampleDocument document) {
        return new OneBase(document);
    }

    void remove() {
        try {
            for (var file = root.resolve(document.path());
                    file != null && !file.equals(root);
                    file = file.getParent()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ScratchFiles files() {
        return files;
    }

    @Override
    public BaseFiles base() {
        return base;
    }

    @Override
    public Changes changes() throws PathRefused {
        return new OneChange(document, files.read(document.path()));
    }

    @Override
    public Changes left() throws PathRefused {
        return changes(); // nobody writes once an oracle has ended
    }

    /** The one file as it was. */
    private record OneBase(SampleDocument document) implements BaseFiles {
        @Override
        public String commit() {
            return document.path();
        }

        @Override
        public List<Moved> moved() {
            return List.of();
        }

        @Override
        public List<String> paths() {
            return List.of(document.path());
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            if (!path.equals(document.path())) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return document.content();
        }
    }

    /** What has become of the one file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OneChange(SampleDocument document, byte[] now) implements TaskFiles.Changes {
        @Override
        public List<String> paths() {
            return Arrays.equals(now, document.content()) ? List.of() : List.of(document.path());
        }

        @Override
        public byte @Nullable [] original(String path) {
            return path.equals(document.path()) ? document.content() : null;
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            if (!path.equals(document.path())) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return now;
        }

        @Override
        public String patch() {
            return paths().toString(); // an oracle never turns in circles
        }
    }
}
