package pantheon.night.local.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;
import pantheon.night.disk.RegularFile;
import pantheon.night.local.Finding;

/**
 * The proof that the gate unit leaves when the packet filter stopped its canary: a file of root's that nobody else can
 * write, with the id of this boot and of this user in it. One from before a restart of the machine proves nothing, since
 * the rule is gone; nor does one about another user.
 */
final class GateFile {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MOST_BYTES = 1 << 16;
    private static final Set<PosixFilePermission> FOREIGN_WRITERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Pattern TIME = Pattern.compile("\"time\":\"([0-9TZ:.-]+)\"");

    private GateFile() {}

    static Finding look(Path file, String user) throws IOException {
        try {
            var wrong = wrong(file);
            return wrong.isEmpty()
                    ? look(file, RegularFile.text(file, MOST_BYTES), user)
                    : new Finding(false, file + wrong);
        } catch (NoSuchFileException missing) {
            return new Finding(false, "no " + file);
        }
    }

    /** Why the file is none that root alone can have left; empty where it may be. */
    private static String wrong(Path file) throws IOException {
        var attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || attributes.size() > MOST_BYTES) {
            return " is no small regular file";
        }
        if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0)) {
            return " of the user " + attributes.owner().getName();
        }
        return attributes.permissions().stream().anyMatch(FOREIGN_WRITERS::contains)
                ? ", which others than root can write"
                : "";
    }

    private static Finding look(Path file, String proof, String user) throws IOException {
        var boot = RegularFile.text(BOOT, MOST_BYTES).strip();
        if (!proof.contains("\"boot_id\":\"" + boot + "\"")) {
            return new Finding(false, file + " of another boot");
        }
        if (!Pattern.compile("\"uid\":" + user + "\\b").matcher(proof).find()) {
            return new Finding(false, file + " about another user than " + user);
        }
        var time = TIME.matcher(proof);
        return new Finding(true, file + (time.find() ? " of " + time.group(1) : " of this boot"));
    }
}
