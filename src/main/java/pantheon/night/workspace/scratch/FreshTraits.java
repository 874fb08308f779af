package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import pantheon.night.KeptOrder;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.Removal;
import pantheon.night.workspace.files.Traits;
import pantheon.night.workspace.git.EntryMode;

/**
 * What a checkout's files, links and directories carry when they have just been made here: what the file system, its
 * mount and the directories above give to each. Whatever carries anything else was altered.
 *
 * @param root of the checkout itself
 * @param leaves by the modes of entries; a directory is made as a submodule's is
 */
record FreshTraits(Traits root, Map<EntryMode, Traits> leaves) {
    FreshTraits {
        leaves = KeptOrder.map(leaves);
    }

    /** Takes them from samples, which are gone again afterwards. */
    static FreshTraits of(OpenDirectory top) throws IOException {
        var leaves = new EnumMap<EntryMode, Traits>(EntryMode.class);
        for (var mode : EntryMode.values()) {
            leaves.put(mode, sample(top, mode));
        }
        return new FreshTraits(Traits.ofTop(top), leaves);
    }

    private static Traits sample(OpenDirectory top, EntryMode mode) throws IOException {
        var name = OpenDirectory.randomName();
        switch (mode) {
            case FILE -> top.createFile(name, false, out -> {});
            case EXECUTABLE -> top.createFile(name, true, out -> {});
            case SYMLINK -> top.createSymlink(top, name, Path.of("target"));
            case SUBMODULE -> top.createDirectory(top, name);
        }
        try {
            return Traits.of(top, name);
        } finally {
            new Removal(top).remove(top, name);
        }
    }

    boolean isLikeNew(OpenDirectory directory, Path name, EntryMode mode) throws IOException {
        return Traits.of(directory, name).equals(leaves.get(mode));
    }

    boolean isLikeNewDirectory(OpenDirectory directory, Path name) throws IOException {
        return Traits.of(directory, name).equals(leaves.get(EntryMode.SUBMODULE));
    }

    boolean isLikeNewRoot(OpenDirectory top) throws IOException {
        return Traits.ofTop(top).equals(root);
    }
}
