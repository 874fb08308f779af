package pantheon.night.workspace.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A tree as it is stored: nothing that git would not write is taken for what it resembles. */
public final class RawTree {
    /** A tree of this size names more than a million files. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int MAX_MODE_DIGITS = 7;

    /**
     * An entry.
     *
     * @param name a character is one byte, since git's names need not be UTF-8
     */
    public record Entry(int mode, String name, ObjectId id) {
        public boolean isTree() {
            return FileMode.TREE.equals(mode);
        }

        /** Git sorts by bytes, a tree as if its name ended in "/". */
        public String sortKey() {
            return isTree() ? name + "/" : name;
        }
    }

    private final ObjectId id;
    private final byte[] bytes;
    private int at;

    private RawTree(ObjectId id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /**
     * The entries of a tree, in its order.
     *
     * @throws NightException (65) where it is not one
     */
    public static List<Entry> read(ObjectReader reader, ObjectId id) throws IOException {
        try {
            return new RawTree(id, reader.open(id, Constants.OBJ_TREE).getBytes(MAX_BYTES)).entries();
        } catch (LargeObjectException e) {
            throw broken(id, "is larger than %d bytes".formatted(MAX_BYTES), e);
        }
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        while (at < bytes.length) {
            int mode = mode(text(' '));
            var name = text('\0');
            if (name.isEmpty() || bytes.length - at < Constants.OBJECT_ID_LENGTH) {
                throw broken(id, "has an entry that is cut off", null);
            }
            entries.add(new Entry(mode, name, ObjectId.fromRaw(bytes, at)));
            at += Constants.OBJECT_ID_LENGTH;
        }
        return entries;
    }

    private int mode(String octal) {
        try {
            if (octal.length() <= MAX_MODE_DIGITS) {
                return Integer.parseUnsignedInt(octal, 8);
            }
        } catch (NumberFormatException e) {
            throw broken(id, "has an entry with no mode", e);
        }
        throw broken(id, "has an entry with a mode of %d digits".formatted(octal.length()), null);
    }

    /** What stands before the next of some byte. */
    private String text(char end) {
        int from = at;
        while (at < bytes.length && bytes[at] != end) {
            at++;
        }
        if (at == bytes.length) {
            throw broken(id, "has an entry that is cut off", null);
        }
        at++;
        return new String(bytes, from, at - 1 - from, StandardCharsets.ISO_8859_1);
    }

    private static NightException broken(ObjectId id, String what, @Nullable Throwable cause) {
        return new NightException(
                ExitCode.DATA, "the workspace's tree %s %s. Run \"git fsck\" there.".formatted(id.name(), what), cause);
    }
}
