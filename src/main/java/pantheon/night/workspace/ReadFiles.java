package pantheon.night.workspace;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * The files of a repository that JGit reads and that no object is: looked at before it does, since it waits for a pipe
 * and reads what never ends.
 */
final class ReadFiles extends FS_POSIX {
    private static final int MOST_NAME_BYTES = 1 << 16;
    private static final int MOST_CONFIG_BYTES = 1 << 22;
    private static final int MOST_LIST_BYTES = 1 << 30;

    /** How many files a configuration may include, those counted again that are included twice. */
    private static final int MOST_INCLUDED = 1000;

    private static final String POINTER = "gitdir: ";

    private final Path repository;
    private int resolved;

    /** @param repository as the user named it */
    ReadFiles(Path repository) {
        this.repository = repository;
    }

    /** Is asked by JGit for each file that a configuration includes, among others. */
    @Override
    public File resolve(File folder, String name) {
        var file = super.resolve(folder, name);
        requireAtMost(file.toPath(), name.equals(Constants.PACKED_REFS) ? MOST_LIST_BYTES : MOST_CONFIG_BYTES);
        if (++resolved > MOST_INCLUDED) {
            throw unusable("its configuration includes more than %d files".formatted(MOST_INCLUDED));
        }
        return file;
    }

    /** Why a file was refused while JGit read, which has its own words for whatever fails there. */
    static Optional<NightException> refused(Exception e) {
        return cause(e, NightException.class);
    }

    /** What is wrong with the configuration, or with what it includes: JGit calls all of it a format that it does not know. */
    static Optional<ConfigInvalidException> invalid(Exception e) {
        return cause(e, ConfigInvalidException.class);
    }

    private static <T extends Throwable> Optional<T> cause(Exception e, Class<T> kind) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((outer, inner) -> inner);
    }

    /** It has been opened: what is resolved from now on is no part of its configuration. */
    void opened() {
        resolved = Integer.MIN_VALUE;
    }

    @Override
    public FS newInstance() {
        return new ReadFiles(repository);
    }

    /**
     * Makes sure that JGit can read them.
     *
     * @param top the repository itself, or the working tree's top directory
     * @throws NightException with exit code 78 that names the first that is no regular file, or larger than it can be
     */
    void require(Path top) {
        var own = own(top);
        requireAtMost(own.resolve(Constants.HEAD), MOST_NAME_BYTES);
        requireAtMost(own.resolve("config.worktree"), MOST_CONFIG_BYTES);
        var common = common(own);
        requireAtMost(common.resolve(Constants.CONFIG), MOST_CONFIG_BYTES);
        requireAtMost(common.resolve(Constants.PACKED_REFS), MOST_LIST_BYTES);
        requireAtMost(common.resolve(Constants.SHALLOW), MOST_LIST_BYTES);
        requireAll(common.resolve("refs"), MOST_NAME_BYTES);
        requireAll(common.resolve("objects/info"), Integer.MAX_VALUE);
        requireAll(common.resolve("objects/pack"), Long.MAX_VALUE);
        requireLoose(common.resolve("objects"));
        requireAll(common.resolve("logs/refs/heads/night"), Long.MAX_VALUE); // what it writes there
    }

    private Path own(Path top) {
        var dotGit = top.resolve(Constants.DOT_GIT);
        if (Files.isDirectory(dotGit)) {
            return dotGit;
        }
        return Files.exists(dotGit) ? named(dotGit, POINTER) : top;
    }

    /** A linked working tree has a folder of its own, and shares the rest. */
    private Path common(Path own) {
        var pointer = own.resolve("commondir");
        return Files.exists(pointer) ? named(pointer, "") : own;
    }

    /** The folder that a file names, itself where it names none: JGit then says so. */
    private Path named(Path pointer, String prefix) {
        requireAtMost(pointer, MOST_NAME_BYTES);
        try {
            var text = RegularFile.text(pointer, MOST_NAME_BYTES).strip();
            return pointer.resolveSibling(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
        } catch (IOException | IllegalArgumentException e) {
            return pointer;
        }
    }

    private void requireAll(Path folder, long most) {
        each(folder, Integer.MAX_VALUE, Set.of(), (file, attributes) -> requireAtMost(file, most));
    }

    /** There may be very many loose objects: each is looked at once, while its folder is read. */
    private void requireLoose(Path objects) {
        each(objects, 2, Set.of(FileVisitOption.FOLLOW_LINKS), (file, attributes) -> {
            if (attributes.isOther()) {
                requireAtMost(file, Long.MAX_VALUE);
            }
        });
    }

    /** Goes through the files of a folder; what others remove meanwhile, as git does its temporary files, is passed over. */
    private void each(
            Path folder, int depth, Set<FileVisitOption> options, BiConsumer<Path, BasicFileAttributes> look) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, options, depth, new Present(look));
        } catch (IOException e) {
            throw unusable("%s cannot be read: %s".formatted(folder, IoReason.of(e, folder)));
        }
    }

    /** Looks at files as long as they are there. */
    private static final class Present extends SimpleFileVisitor<Path> {
        private final BiConsumer<Path, BasicFileAttributes> look;

        private Present(BiConsumer<Path, BasicFileAttributes> look) {
            this.look = look;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            look.accept(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return unlessGone(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            return e == null ? FileVisitResult.CONTINUE : unlessGone(e);
        }

        private static FileVisitResult unlessGone(IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    private void requireAtMost(Path file, long most) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return;
        }
        try {
            RegularFile.require(file);
            if (!Files.isReadable(file) && Files.exists(file)) {
                throw unusable("%s cannot be read: permission denied".formatted(file));
            }
            if (Files.size(file) > most) {
                throw unusable("%s is larger than %d bytes".formatted(file, most));
            }
        } catch (NoSuchFileException e) {
            // it was there a moment ago
        } catch (IOException e) {
            throw unusable("%s cannot be read: %s".formatted(file, IoReason.of(e, file)));
        }
    }

    private NightException unusable(String what) {
        return new NightException(
                ExitCode.CONFIG,
                "the workspace %s cannot be opened as a git repository: %s. Look at that file, and run \"git fsck\" there."
                        .formatted(repository, what));
    }
}
