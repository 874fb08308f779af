package pantheon.night.cli.morning;

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
record LookedAt(Desk desk, TaskIndex.Found found, TaskRecord record) {
    /** Of the night that it is looked at in. */
    Path journal() {
        return found.journal();
    }

    String run() {
        return found.run();
    }

    String task() {
        return record.id();
    }

    /** The folder of its artifacts. */
    Path folder() {
        return desk.setup().state().artifacts(run()).resolve(task());
    }

    TaskArtifacts artifacts() {
        var places = new Places(
                desk.setup().config().workspace(),
                desk.setup().state().artifacts(run()),
                desk.setup().state().report(run()),
                ZoneId.systemDefault());
        return new TaskArtifacts(places, task());
    }

    /** The last word on it. */
    Optional<Decision> decision() {
        return desk.decisions().last(run(), task());
    }

    /** As a list has it. */
    ListedTask listed() {
        return new ListedTask(run(), record, decision().orElse(null));
    }

    TaskDiff diff() {
        return new TaskDiff(desk.setup().config().workspace(), artifacts());
    }
}
