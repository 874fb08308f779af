package pantheon.night.cli.morning.desk;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.morning.Nights;
import pantheon.night.morning.TaskIndex;
import pantheon.night.past.Stops;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;

/** What a command of the morning has before it: the nights, their tasks, and what people decided; each read once. */
public final class Desk {
    private final Setup setup;
    private final Output output;
    private final Map<Path, NightRecord> records;
    private @Nullable TaskIndex index;
    private @Nullable Decisions decisions;

    public Desk(ConfigOptions config) {
        this(Setup.sound(config.file(), Map.of()), config.output());
    }

    public Desk(Setup setup, Output output) {
        this(setup, output, new HashMap<>());
    }

    private Desk(Setup setup, Output output, Map<Path, NightRecord> records) {
        this.setup = setup;
        this.output = output;
        this.records = records;
    }

    /** The same where what is said goes elsewhere. */
    public Desk saying(Output other) {
        return new Desk(setup, other, records);
    }

    public Setup setup() {
        return setup;
    }

    public Output output() {
        return output;
    }

    public Nights nights() {
        return new Nights(setup.log());
    }

    public NightRecord night(Path journal) {
        return records.computeIfAbsent(journal, NightRecord::of);
    }

    public Decisions decisions() {
        if (decisions == null) {
            decisions = Decisions.of(setup.state());
        }
        return decisions;
    }

    /** The stops of agents that a night knows of, after which nobody has said yet that they go on. */
    public List<Stops.Stop> waiting(Path journal) {
        return Waiting.of(night(journal).stops(), decisions()).stops();
    }

    /** Forgets what was decided, since more was. */
    public void decided() {
        decisions = null;
    }

    /** Finds some tasks, each as {@link #look} does; one that is named twice is there once. */
    public List<LookedAt> all(List<String> names, @Nullable String run) {
        var tasks = new LinkedHashMap<String, LookedAt>();
        for (var name : names) {
            var looked = look(name, run);
            tasks.putIfAbsent(looked.task(), looked);
        }
        return List.copyOf(tasks.values());
    }

    /** The nights before it that began or ended a task, too, oldest first, where others were looked in. */
    public List<String> earlier(TaskIndex.Found found) {
        return index == null ? List.of() : index.earlier(found);
    }

    /** A task of a night, looked at in that one alone. */
    public LookedAt lookIn(Path journal, TaskRecord task) {
        return new LookedAt(this, new TaskIndex.Found(task.id(), journal), task);
    }

    /**
     * Finds a task.
     *
     * @param name its id, or the beginning of it
     * @param run the same of a night; null for the last that has the task. The same in all calls
     */
    public LookedAt look(String name, @Nullable String run) {
        if (index == null) {
            index = nights().tasks(run, output::warn);
        }
        var found = index.find(name);
        return night(found.journal()).tasks().stream()
                .filter(task -> task.id().equals(found.task()))
                .findFirst()
                .map(task -> new LookedAt(this, found, task))
                .orElseThrow(() -> new NightException(
                        ExitCode.DATA,
                        "%s has no task %s any more. Look again.".formatted(found.journal(), found.task())));
    }
}
