package pantheon.night.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import pantheon.night.disk.FileTree;
import pantheon.night.training.duplicates.Duplicates;
import pantheon.night.training.duplicates.Groups;
import pantheon.night.training.duplicates.Split;

/**
 * The traces that are kept, on the disk until all are known: their samples, what duplicates are told by, and which belong
 * together. The heap holds a bounded part of it, however many there are.
 */
final class Kept implements AutoCloseable {
    private final MiningOptions options;
    private final Path folder;
    private final Duplicates duplicates;
    private final Groups groups;
    private final Spool spool;
    private final FailedRows failed;

    /** @param folder is made, and removed in the end */
    Kept(MiningOptions options, Path folder) throws IOException {
        this.options = options;
        this.folder = Files.createDirectory(folder);
        this.duplicates = new Duplicates(folder);
        this.groups = new Groups(folder);
        this.spool = new Spool(folder);
        this.failed = new FailedRows(folder);
    }

    /** Keeps a trace where it is new, and tells whether it was. */
    Duplicates.Kind add(Candidate.Green green) throws IOException {
        var kind = duplicates.take(green.fingerprint());
        if (kind == Duplicates.Kind.NEW) {
            var trace = green.trace();
            spool.add(
                    green.sample(),
                    trace.difficulty(),
                    groups.group(options.groupBy().keys(trace)));
        }
        return kind;
    }

    /** The rows of those that failed. */
    FailedRows failed() {
        return failed;
    }

    /** How many go to a split. */
    long size(Split split) throws IOException {
        long[] size = new long[1];
        spool.eachGroup(group -> size[0] += split(group) == split ? 1 : 0);
        return size[0];
    }

    private Split split(long group) {
        return groups.split(group, options.seed(), options.percent());
    }

    /** Hands all samples on as they were written, with their splits, the easiest first. */
    void easiestFirst(BiConsumer<Split, String> taker) throws IOException {
        spool.easiestFirst((sample, group) -> taker.accept(split(group), sample));
    }

    @Override
    public void close() throws IOException {
        failed.close();
        spool.close();
        groups.close();
        duplicates.close();
        FileTree.remove(folder);
    }
}
