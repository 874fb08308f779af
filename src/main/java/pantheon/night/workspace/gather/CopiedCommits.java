package pantheon.night.workspace.gather;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import pantheon.night.disk.RegularFile;
import pantheon.night.workspace.branch.SharedBranch;

/**
 * Commits of one repository on this machine, put into another, with all that they hold: as one pack, which is there whole
 * or not at all. No transport is opened, so nothing can lead elsewhere.
 */
public final class CopiedCommits {
    private final Repository from;
    private final Repository to;

    public CopiedCommits(Repository from, Repository to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Puts what leads from one commit to another into the repository; what is there stays as it is.
     *
     * @param base has to be in both
     */
    public void copy(ObjectId base, ObjectId end) throws IOException {
        if (to.getObjectDatabase().has(end)) {
            return;
        }
        var folder = to.getCommonDirectory().toPath().resolve("objects/pack");
        Files.createDirectories(folder);
        var pack = Files.createTempFile(folder, "tmp_gather_", ".pack"); // git's own cleaning removes such a name
        try {
            write(pack, base, end);
            read(pack);
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    private void write(Path pack, ObjectId base, ObjectId end) throws IOException {
        var config = new PackConfig(from);
        config.setDeltaCompress(false); // it is read once
        try (var writer = new PackWriter(config, from.newObjectReader());
                var out = new BufferedOutputStream(Files.newOutputStream(pack))) {
            writer.setThin(false);
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(end), Set.of(base));
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    private void read(Path pack) throws IOException {
        try (var inserter = to.newObjectInserter();
                var in = new BufferedInputStream(RegularFile.stream(pack))) {
            inserter.newPackParser(in).parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
            SharedBranch.of(to).packs();
        }
    }
}
