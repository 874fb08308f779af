package pantheon.night.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;

/** What tools that hung for good write once other tasks are under way: into the files that they know. */
final class LateWrites {
    private final List<Late> pending = new ArrayList<>();
    private final Faults faults;
    private final SimulatedWatch watch;

    /** @param task in which it hung */
    private record Late(SimulatedWatch.Work task, TaskFiles files) {}

    LateWrites(Faults faults, SimulatedWatch watch) {
        this.faults = faults;
        this.watch = watch;
    }

    void expect(TaskFiles files) {
        pending.add(new Late(watch.current(), files));
    }

    /** A tool is called; what hung in a task that has ended writes. */
    void come() {
        for (var late : List.copyOf(pending)) {
            if (late.task().hasEnded()) {
                pending.remove(late);
                write(late.files());
            }
        }
    }

    private void write(TaskFiles files) {
        try {
            faults.note("a tool that hung writes late");
            files.files().write("late.txt", "late\n".getBytes(StandardCharsets.UTF_8));
            files.files().write("file-0.txt", "late\n".getBytes(StandardCharsets.UTF_8));
        } catch (PathRefused e) {
            throw new AssertionError("its checkout is left to it", e);
        }
    }

    /** The process ends, and its tools with it. */
    void clear() {
        pending.clear();
    }
}
