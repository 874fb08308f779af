package pantheon.night.cli.morning.desk;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.morning.TaskDiff;
import pantheon.night.morning.TaskIndex;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.section.Places;
import pantheon.night.report.section.TaskArtifacts;

/** The task that a person named, with all that is there of it. */
public record LookedAt(Desk desk, TaskIndex.Found found, TaskRecord record) {
    /** Of the night that it is looked at in. */
    public Path journal() {
        return found.journal();
    }

    public String run() {
        return found.run();
    }

    public String task() {
        return record.id();
    }

    /** The folder of its artifacts. */
    public Path folder() {
        return desk.setup().state().artifacts(run()).resolve(task());
    }

    public TaskArtifacts artifacts() {
        var places = new Places(
                desk.setup().config().workspace(),
                desk.setup().state().artifacts(run()),
                desk.setup().state().report(run()),
                ZoneId.systemDefault());
        return new TaskArtifacts(places, task());
    }

    /** The last word on it. */
    public Optional<Decision> decision() {
        return desk.decisions().last(run(), task());
    }

    /** As a list has it. */
    public ListedTask listed() {
        return new ListedTask(run(), record, decision().orElse(null));
    }

    public TaskDiff diff() {
        return new TaskDiff(desk.setup().config().workspace(), artifacts());
    }
}
