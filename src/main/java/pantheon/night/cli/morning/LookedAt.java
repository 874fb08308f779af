package pantheon.night.cli.morning;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.morning.Nights;
import pantheon.night.morning.TaskDiff;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.section.Places;
import pantheon.night.report.section.TaskArtifacts;

/** The task that a person named, with all that is there of it. */
record LookedAt(Setup setup, Nights.Found found, TaskRecord record) {
    /**
     * Finds a task.
     *
     * @param name its id, or the beginning of it
     * @param run the same of a night; null for the last that has the task
     */
    static LookedAt of(ConfigOptions config, String name, @Nullable String run) {
        var setup = Setup.load(config.file(), Map.of());
        var nights = new Nights(setup.log());
        var found = nights.find(name, run, config.output()::warn);
        var record = NightRecord.of(found.journal()).tasks().stream()
                .filter(task -> task.id().equals(found.task()))
                .findFirst()
                .orElseThrow(() -> new NightException(
                        ExitCode.DATA,
                        "%s has no task %s any more. Look again.".formatted(found.journal(), found.task())));
        return new LookedAt(setup, found, record);
    }

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
        return setup.state().artifacts(run()).resolve(task());
    }

    TaskArtifacts artifacts() {
        var places = new Places(
                setup.config().workspace(),
                setup.state().artifacts(run()),
                setup.state().report(run()),
                ZoneId.systemDefault());
        return new TaskArtifacts(places, task());
    }

    TaskDiff diff() {
        return new TaskDiff(setup.config().workspace(), artifacts());
    }
}
