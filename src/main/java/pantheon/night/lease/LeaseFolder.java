package pantheon.night.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import pantheon.night.disk.RegularFile;

/**
 * The folder of a lease: one file an epoch, {@code 7.json}, which only the owner of that epoch ever writes again. Taking
 * the lease is making the next epoch's file, which a file system lets one alone do, also over a network (NFS version 3 on),
 * without locks. Who owned an earlier epoch sees that there is a later one.
 *
 * <p>A renewal makes a file and renames it. On NFS, making a file is also what brings what others made in the folder to
 * this machine's notice.
 */
record LeaseFolder(Path path, Pace pace) {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,15})\\.json");
    private static final int MOST_BYTES = 4096;

    LeaseFolder(Path path) {
        this(path, Pace.ofThisMachine());
    }

    /** The lease of the highest epoch. */
    Optional<Lease> newest() throws IOException {
        var epochs = epochs();
        return epochs.isEmpty() ? Optional.empty() : Optional.of(read(epochs.getLast()));
    }

    /** The number of the highest epoch, 0 where there is none. */
    long newestEpoch() throws IOException {
        var epochs = epochs();
        return epochs.isEmpty() ? 0 : epochs.getLast();
    }

    private List<Long> epochs() throws IOException {
        pace.before(Pace.Step.LOOK);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Long.parseLong(name.group(1)))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private Lease read(long epoch) {
        try {
            return Lease.of(epoch, RegularFile.text(file(epoch), MOST_BYTES));
        } catch (IOException e) {
            return Lease.unreadable(epoch);
        }
    }

    /** Makes a lease's file; false where somebody else has made it. */
    boolean claim(Lease lease) throws IOException {
        Files.createDirectories(path);
        pace.before(Pace.Step.CLAIM);
        try {
            Files.writeString(
                    file(lease.epoch()), lease.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        return settled(lease.epoch());
    }

    /** Whoever was stopped before its claim may have come to a file that later owners had removed. */
    private boolean settled(long epoch) throws IOException {
        if (newestEpoch() > epoch) {
            Files.deleteIfExists(file(epoch));
            return false;
        }
        for (long earlier : epochs()) {
            if (earlier < epoch) {
                Files.deleteIfExists(file(earlier));
            }
        }
        return true;
    }

    /** Puts the file of one's own epoch in the place of what it was. Nothing has to last: after a crash nobody owns it. */
    void replace(Lease lease) throws IOException {
        pace.before(Pace.Step.RENEW);
        var half = path.resolve(".%d.%s.new".formatted(lease.epoch(), UUID.randomUUID()));
        try {
            Files.write(half, lease.text().getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            Files.move(half, file(lease.epoch()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private Path file(long epoch) {
        return path.resolve(epoch + ".json");
    }
}
