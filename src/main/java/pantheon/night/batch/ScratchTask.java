package pantheon.night.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.Change;
import pantheon.night.workspace.Diff;
import pantheon.night.workspace.PathRefused;
import pantheon.night.workspace.Scratch;
import pantheon.night.workspace.ScratchFiles;
import pantheon.night.workspace.TaskFiles;

/** A scratch checkout as its task's tools and checks see it. */
public record ScratchTask(Scratch scratch) implements TaskFiles {
    @Override
    public ScratchFiles files() {
        return scratch.files();
    }

    @Override
    public Changes changes() throws PathRefused {
        return new DiffChanges(scratch.diff(), scratch.files());
    }

    private record DiffChanges(Diff diff, ScratchFiles files) implements Changes {
        @Override
        public List<String> paths() {
            return diff.changes().stream().map(Change::path).toList();
        }

        @Override
        public byte @Nullable [] original(String path) throws PathRefused {
            return paths().contains(path) ? diff.before(path).orElse(null) : files.read(path);
        }

        @Override
        public String patch() {
            return diff.patch();
        }
    }
}
