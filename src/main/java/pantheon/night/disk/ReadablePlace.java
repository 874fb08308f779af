package pantheon.night.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pantheon.night.IoReason;

/**
 * A path that a program of the system is to be given to read, and where it leads: by dots, steps up and symbolic links,
 * those of {@code /proc} among them. What it must not hold is compared with that.
 */
public record ReadablePlace(Path path) {
    /** What tells of, or leads into, processes and whole machines; nothing in it is given either. */
    private static final Path PROCESSES = Path.of("/proc");

    /** Who is given all of one of these, or what holds it, is given passwords, keys, devices or everybody's files. */
    private static final List<Path> PRIVATE = Stream.of(
                    "/etc/shadow", "/root", "/home", "/proc", "/sys", "/dev", "/run", "/boot", "/var/log", "/var/spool")
            .map(Path::of)
            .toList();

    /** Below a home: what no program is given all of. */
    private static final String KEYS = ".ssh";

    /** What is wrong with it, and what to do; empty where it may be given, or where nothing is there. */
    public Optional<String> problem() {
        try {
            return problem(path.toRealPath());
        } catch (NoSuchFileException nothingThere) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of(
                    "which this user may not enter; expected a path that it may read. Have its owner allow it, or remove the line.");
        } catch (IOException e) {
            return Optional.of("which leads nowhere (%s); expected a path that can be read. Correct it."
                    .formatted(IoReason.of(e, path)));
        }
    }

    private Optional<String> problem(Path real) {
        if (real.startsWith(PROCESSES) || holdsWhatIsPrivate(real)) {
            return Optional.of(
                    "which is %s; expected a path outside of /proc that does not hold passwords, keys, homes, devices or logs. Name what the tool reads in it."
                            .formatted(real));
        }
        return mayBeRead(real)
                ? Optional.empty()
                : Optional.of(
                        "which this user may not read; expected a path that it may. Have its owner allow it, or remove the line.");
    }

    private static boolean holdsWhatIsPrivate(Path real) {
        var keys = Path.of(System.getProperty("user.home", "/root"), KEYS);
        return Stream.concat(PRIVATE.stream(), Stream.of(keys))
                .flatMap(place -> Stream.of(place, real(place)))
                .anyMatch(place -> place.startsWith(real));
    }

    private static boolean mayBeRead(Path real) {
        return Files.isReadable(real) && (!Files.isDirectory(real) || Files.isExecutable(real));
    }

    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException notThere) {
            return place;
        }
    }
}
