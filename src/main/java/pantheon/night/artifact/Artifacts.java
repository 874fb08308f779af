package pantheon.night.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.Disk;
import tools.jackson.databind.JsonNode;

/**
 * One task's folder of artifacts, for a person to look at by day; each attempt gets a new one.
 *
 * <p>{@code input.json}, {@code prompt.txt}, {@code tool_calls.jsonl}, {@code output.json}, {@code diff.patch},
 * {@code tests.log}, {@code metrics.json}, and where the task was not accepted {@code error.json}.
 */
public final class Artifacts {
    private static final String ASIDE = ".interrupted";

    private final Disk disk;
    private final @Nullable Path folder;
    private final Set<Path> unsynced = new LinkedHashSet<>();

    /** @param folder is made; what an interrupted attempt left there is put aside first */
    public Artifacts(Disk disk, Path folder) {
        this(disk, Optional.of(folder));
        try {
            if (Files.exists(folder)) {
                putAside(disk, folder);
            }
            disk.createFolder(folder);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private Artifacts(Disk disk, Optional<Path> folder) {
        this.disk = disk;
        this.folder = folder.orElse(null);
    }

    /** Artifacts that nobody keeps, for a replay. */
    public static Artifacts none() {
        return new Artifacts(Disk.local(), Optional.empty());
    }

    /**
     * Puts aside what a night has no line for: it was interrupted between a task's folder and its first line.
     *
     * @param night the folder of all its tasks' artifacts
     * @param begun the tasks that it has lines for
     */
    public static void putStrangersAside(Disk disk, Path night, Set<String> begun) {
        try {
            for (var stranger : strangers(night, begun)) {
                if (Files.isDirectory(stranger, LinkOption.NOFOLLOW_LINKS)) {
                    putAside(disk, stranger);
                }
            }
        } catch (IOException e) {
            throw failed(night, e);
        }
    }

    /** What lies in a night's folder and is of no task that it has lines for. */
    public static List<Path> strangers(Path night, Set<String> begun) throws IOException {
        if (!Files.isDirectory(night)) {
            return List.of();
        }
        try (var entries = Files.list(night)) {
            return entries.filter(entry -> !entry.getFileName().toString().equals(ASIDE))
                    .filter(entry -> !begun.contains(entry.getFileName().toString())
                            || !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** Moves it to {@code .interrupted/<task>.<attempt>} beside it; no task's id begins with a dot. */
    private static void putAside(Disk disk, Path folder) throws IOException {
        var aside = folder.resolveSibling(ASIDE);
        disk.createFolder(aside);
        int attempt = 1;
        while (Files.exists(aside.resolve(folder.getFileName() + "." + attempt))) {
            attempt++;
        }
        disk.move(folder, aside.resolve(folder.getFileName() + "." + attempt));
    }

    public void json(String name, JsonNode value) {
        text(name, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    public void text(String name, String content) {
        write(name, content, true);
    }

    public void append(String name, String line) {
        write(name, line + "\n", false);
    }

    /** Half a surrogate pair becomes a question mark, since UTF-8 has none. */
    private void write(String name, String content, boolean afresh) {
        if (folder == null) {
            return;
        }
        var file = folder.resolve(name);
        try (var out = disk.open(file)) {
            if (afresh) {
                out.truncate(0);
            }
            out.write(content.getBytes(StandardCharsets.UTF_8));
            unsynced.add(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Makes what was written last, before the journal says that it is there. */
    public void sync() {
        if (folder == null || unsynced.isEmpty()) {
            return;
        }
        try {
            for (var file : unsynced) {
                try (var out = disk.open(file)) {
                    out.sync();
                }
            }
            disk.syncFolder(folder);
            unsynced.clear();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static NightException failed(Path file, IOException e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be written: %s. Check the disk's free space and the folder's owner."
                        .formatted(file, IoReason.of(e, file)),
                e);
    }
}
