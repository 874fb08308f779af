package pantheon.night.workspace.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;

/**
 * The modes that {@code core.sharedRepository} gives what is new in a repository (git-config(1)), which JGit does not
 * look at: without them the other members of the group can neither add objects to new folders nor delete branches.
 *
 * @param bits the read and write bits that everything gets; 0 where the umask decides alone
 * @param exact whether they are all that it gets, whatever the umask says
 */
public record SharedModes(int bits, boolean exact) {
    private static final SharedModes UMASK = new SharedModes(0, false);
    private static final SharedModes GROUP = new SharedModes(0660, false);
    private static final SharedModes EVERYBODY = new SharedModes(0664, false);
    private static final int OWNERS = 0600;
    private static final int SET_GROUP = 02000;

    /** Those of a repository. */
    public static SharedModes of(Repository repository) {
        return of(
                repository.getConfig().getString("core", null, "sharedRepository"),
                repository.getDirectory().toPath());
    }

    static SharedModes of(@Nullable String value, Path repository) {
        if (value == null) {
            return UMASK;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "umask", "0", "false", "no", "off" -> UMASK;
            case "", "group", "1", "true", "yes", "on" -> GROUP;
            case "all", "world", "everybody", "2" -> EVERYBODY;
            default -> octal(value, repository);
        };
    }

    private static SharedModes octal(String value, Path repository) {
        try {
            int mode = Integer.parseInt(value, 8);
            if ((mode & OWNERS) == OWNERS) {
                return new SharedModes(mode & 0666, true);
            }
        } catch (NumberFormatException e) {
            throw unknown(value, repository, e);
        }
        throw unknown(value, repository, null);
    }

    private static NightException unknown(String value, Path repository, @Nullable Throwable cause) {
        return Unusable.of(
                repository,
                "has core.sharedRepository = %s; expected group, all, umask, or a mode such as 0660".formatted(value),
                "Correct its configuration",
                cause);
    }

    /** Gives a file or folder that this user has made its mode; what somebody else made is theirs to give. */
    public void adjust(Path file) throws IOException {
        if (bits == 0 || !isOwn(file)) {
            return;
        }
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        int wanted = wanted(mode & 07777, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        if (wanted != (mode & 07777)) {
            Files.setAttribute(file, "unix:mode", wanted);
        }
    }

    private static boolean isOwn(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS) == Ownership.effectiveUser();
    }

    /** As {@code adjust_shared_perm} of git has it: who may read a folder may enter it, and new files get its group. */
    int wanted(int mode, boolean folder) {
        int given = (mode & 0200) == 0 ? bits & ~0222 : bits;
        if ((mode & 0100) != 0) {
            given |= (given & 0444) >> 2;
        }
        int wanted = exact ? (mode & ~0777) | given : mode | given;
        if (!folder) {
            return wanted;
        }
        wanted |= (wanted & 0444) >> 2;
        return (wanted & 060) == 0 ? wanted : wanted | SET_GROUP;
    }
}
