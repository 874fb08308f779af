package pantheon.night.workspace.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * Whose a repository is. One of another user is refused, as git refuses it (git-config(1), {@code safe.directory}): it
 * could make this user do things, and what this user writes there stops its owner.
 *
 * @param user the id of the user that this process acts as
 * @param environment of this process
 */
public record Ownership(int user, Map<String, String> environment) {
    private static final int ROOT = 0;
    private static final int MOST_BYTES = 1 << 20;

    public Ownership {
        environment = KeptOrder.map(environment);
    }

    /** As this process sees it. */
    public static Ownership ofThisProcess() {
        return new Ownership(effectiveUser(), System.getenv());
    }

    /** From {@code /proc/self/status}: real, effective, saved and file system's id. */
    static int effectiveUser() {
        var status = Path.of("/proc/self/status");
        try {
            return RegularFile.lines(status, MOST_BYTES).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseUnsignedInt(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(status + " names no user"));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "%s cannot be read: %s. Mount proc.".formatted(status, IoReason.of(e, status)), e);
        }
    }

    /**
     * Makes sure that a repository is this user's, or one that the user or the machine calls safe.
     *
     * @throws NightException (78) where it is not
     */
    public void require(Location location) {
        var strange = Stream.of(location.gitFile(), location.isBare() ? null : location.path(), location.gitDirectory())
                .filter(Objects::nonNull)
                .filter(file -> !isOwn(file))
                .findFirst();
        if (strange.isPresent() && !isSafe(real(location.path()))) {
            throw Unusable.of(
                    location.path(),
                    "is another user's: %s belongs to user %d, and this is user %d"
                            .formatted(strange.get(), owner(strange.get()), user),
                    "Run as its owner, or call it safe: git config --global --add safe.directory %s%s"
                            .formatted(real(location.path()), includes()),
                    null);
        }
    }

    /** Root has its own, and through sudo those of the user who called it. */
    private boolean isOwn(Path file) {
        long owner = owner(file);
        var caller = environment.get("SUDO_UID");
        return owner == user || (user == ROOT && caller != null && caller.equals(Long.toString(owner)));
    }

    private static int owner(Path file) {
        try {
            return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw Unusable.of(file, "cannot be looked at: " + IoReason.of(e, file), "Check its owner and mode", e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** By the configurations of the system and of the user; a repository's own has no say in it. */
    private boolean isSafe(Path repository) {
        boolean safe = false;
        for (var file : protectedFiles()) {
            for (var value : values(file)) {
                safe = !value.isEmpty() && (safe || matches(value, repository)); // an empty one takes all back
            }
        }
        return safe;
    }

    /** That what those files include is not read, where they include any. */
    private String includes() {
        var including = protectedFiles().stream()
                .filter(file -> config(file).getSections().stream()
                        .anyMatch(section -> section.toLowerCase(Locale.ROOT).startsWith("include")))
                .map(Path::toString)
                .toList();
        return including.isEmpty()
                ? ""
                : " (in the file itself: what %s includes is not read here)".formatted(String.join(" or ", including));
    }

    private static List<String> values(Path file) {
        return Arrays.stream(config(file).getStringList("safe", null, "directory"))
                .map(value -> Objects.requireNonNullElse(value, ""))
                .toList();
    }

    private static Config config(Path file) {
        var config = new Config();
        if (!Files.exists(file)) {
            return config;
        }
        try {
            config.fromText(RegularFile.text(file, MOST_BYTES, StandardCharsets.ISO_8859_1));
        } catch (IOException | ConfigInvalidException e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "%s cannot be read as a configuration of git: %s. Correct it."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
        return config;
    }

    private boolean matches(String value, Path repository) {
        if (value.equals("*")) {
            return true;
        }
        boolean below = value.endsWith("/*");
        var path = value.startsWith("~/") ? home() + value.substring(1) : value;
        var safe = real(Path.of(below ? path.substring(0, path.length() - 2) + "/" : path));
        return below ? repository.startsWith(safe) && !repository.equals(safe) : repository.equals(safe);
    }

    /** In the order in which git reads them. */
    private List<Path> protectedFiles() {
        var files = new ArrayList<Path>();
        if (!isTrue(environment.get("GIT_CONFIG_NOSYSTEM"))) {
            files.add(Path.of(environment.getOrDefault("GIT_CONFIG_SYSTEM", "/etc/gitconfig")));
        }
        var global = environment.get("GIT_CONFIG_GLOBAL");
        if (global != null) {
            files.add(Path.of(global));
            return files;
        }
        var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        files.add((xdg.isEmpty() ? Path.of(home(), ".config") : Path.of(xdg)).resolve("git/config"));
        files.add(Path.of(home(), ".gitconfig"));
        return files;
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && !List.of("", "0", "false", "no", "off").contains(value);
    }

    private String home() {
        return environment.getOrDefault("HOME", "/");
    }
}
