package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.disk.Disk;

/**
 * A disk with a cache that a loss of power empties. The files are real and show what is in the cache; what lasts is
 * kept beside them, and takes their place when the power goes, with some of the rest behind it.
 */
final class SimulatedDisk implements Disk {
    private final Chance chance;
    private final Faults faults;
    private final Map<Path, SimulatedFile> files = new TreeMap<>();
    private final Set<Path> unsyncedNames = new HashSet<>();

    SimulatedDisk(Chance chance, Faults faults) {
        this.chance = chance;
        this.faults = faults;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        faults.effect("making folder " + folder.getFileName());
        full(folder);
        Files.createDirectories(folder);
    }

    @Override
    public Output create(Path file) throws IOException {
        faults.effect("making " + file.getFileName());
        full(file);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return opened(file, true);
    }

    @Override
    public Output open(Path file) throws IOException {
        faults.effect("opening " + file.getFileName());
        full(file);
        return opened(file, !Files.exists(file));
    }

    private Output opened(Path file, boolean isNew) throws IOException {
        if (isNew) {
            unsyncedNames.add(file);
        }
        var opened = files.computeIfAbsent(file, path -> new SimulatedFile(path, chance, faults));
        opened.open();
        return opened;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        faults.effect("moving " + from.getFileName());
        full(from);
        Files.move(from, to);
        for (var file : files.keySet().stream().filter(f -> f.startsWith(from)).toList()) {
            files.remove(file);
        }
        unsyncedNames.removeIf(file -> file.startsWith(from));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        faults.effect("syncing folder " + folder.getFileName());
        if (faults.strikes(Fault.SYNC_FAILED, "folder " + folder.getFileName())) {
            throw new IOException("Input/output error");
        }
        unsyncedNames.removeIf(file -> folder.equals(file.getParent()));
    }

    private void full(Path file) throws IOException {
        if (faults.strikes(Fault.DISK_FULL, file.getFileName().toString())) {
            throw new IOException("No space left on device");
        }
    }

    /** The process ends. */
    void close() throws IOException {
        for (var file : files.values()) {
            file.close();
        }
    }

    /** What is left on the disk when its power comes back. */
    void losePower() throws IOException {
        for (var entry : files.entrySet()) {
            if (unsyncedNames.contains(entry.getKey()) && chance.oneIn(2)) {
                Files.deleteIfExists(entry.getKey());
            } else {
                entry.getValue().losePower();
            }
        }
        files.keySet().removeIf(file -> !Files.exists(file));
        unsyncedNames.clear();
    }
}
