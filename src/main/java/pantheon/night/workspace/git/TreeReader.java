package pantheon.night.workspace.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;

/** Reads a commit's tree into memory, and no further than a bound: a few small trees can name any number of paths. */
final class TreeReader {
    /** Files and folders; the largest public repositories have half a million. */
    private static final int MAX_ENTRIES = 2_000_000;

    /** The longest target that a link can have on Linux, in bytes (PATH_MAX, the closing NUL taken off). */
    private static final int MAX_TARGET_BYTES = 4095;

    private final Blobs blobs;
    private final int maxEntries;
    private final List<String> leftOut = new ArrayList<>();
    private int entries;

    TreeReader(Blobs blobs) {
        this(blobs, MAX_ENTRIES);
    }

    /** @param maxEntries how many files and folders it may have */
    TreeReader(Blobs blobs, int maxEntries) {
        this.blobs = blobs;
        this.maxEntries = maxEntries;
    }

    /** @throws NightException (65) where a tree is broken, or there are too many entries */
    BaseTree read(ObjectId tree) throws IOException {
        return new BaseTree(directory(tree, "", 1), leftOut);
    }

    private BaseTree.Directory directory(ObjectId tree, String prefix, int depth) throws IOException {
        var raw = RawTree.read(blobs.reader(), tree);
        var twice = namedTwice(raw);
        var children = new TreeMap<String, BaseTree.Node>();
        for (var entry : raw) {
            count(prefix);
            var name = name(entry, prefix);
            if (name.isEmpty() || twice.contains(entry.name()) || !add(children, entry, name.get(), prefix, depth)) {
                leaveOut(prefix + shown(entry));
            }
        }
        return new BaseTree.Directory(children);
    }

    /** One name for two things is neither of them. */
    private static Set<String> namedTwice(List<RawTree.Entry> entries) {
        var seen = new HashSet<String>();
        var twice = new HashSet<String>();
        entries.forEach(entry -> {
            if (!seen.add(entry.name())) {
                twice.add(entry.name());
            }
        });
        return twice;
    }

    private void count(String prefix) {
        if (++entries > maxEntries) {
            throw new NightException(
                    ExitCode.DATA,
                    "the workspace's commit has more than %d files and folders; the next is in \"%s\". Work on a smaller one."
                            .formatted(maxEntries, prefix));
        }
    }

    private void leaveOut(String path) {
        if (leftOut.isEmpty() || !leftOut.getLast().equals(path)) {
            leftOut.add(path);
        }
    }

    /** The name, where a path of a task can have it. */
    private static Optional<String> name(RawTree.Entry entry, String prefix) {
        try {
            var name = StandardCharsets.UTF_8.newDecoder().decode(bytes(entry)).toString();
            return name.indexOf('/') < 0
                            && !ScratchPath.parse(prefix + name).segments().isEmpty()
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (CharacterCodingException | InvalidPathException | PathRefused e) {
            return Optional.empty();
        }
    }

    private static ByteBuffer bytes(RawTree.Entry entry) {
        return ByteBuffer.wrap(entry.name().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String shown(RawTree.Entry entry) {
        return new String(entry.name().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether the entry can be shown in a checkout. */
    private boolean add(Map<String, BaseTree.Node> children, RawTree.Entry entry, String name, String prefix, int depth)
            throws IOException {
        if (entry.isTree()) {
            if (depth == ScratchPath.MAX_SEGMENTS) {
                return false;
            }
            var below = directory(entry.id(), prefix + name + "/", depth + 1);
            if (!below.children().isEmpty()) {
                children.put(name, below);
            }
            return true;
        }
        var mode = EntryMode.of(FileMode.fromBits(entry.mode()));
        if (mode.isEmpty() || !canBeMade(mode.get(), entry.id())) {
            return false;
        }
        children.put(name, new BaseTree.Leaf(mode.get(), entry.id()));
        return true;
    }

    /** Whether the JDK can make the entry; it would rewrite a link's target such as "a//b" or "a/". */
    private boolean canBeMade(EntryMode mode, ObjectId id) throws IOException {
        if (mode != EntryMode.SYMLINK) {
            return true;
        }
        if (blobs.sizeBytes(id) > MAX_TARGET_BYTES) {
            return false;
        }
        var target = blobs.read(id);
        try {
            var made = Path.of(new String(target, StandardCharsets.UTF_8)).toString();
            return !made.isEmpty() && Arrays.equals(made.getBytes(StandardCharsets.UTF_8), target);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
