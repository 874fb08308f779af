package pantheon.night.workspace.scratch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.Diff;

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
