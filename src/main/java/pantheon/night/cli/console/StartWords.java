package pantheon.night.cli.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import pantheon.night.Count;
import pantheon.night.batch.StartListener;
import pantheon.night.batch.StartPlan;
import pantheon.night.local.preflight.EgressProof;

/** What a night's start says; most of it only to a person who asked for more. */
public final class StartWords implements StartListener {
    private static final int MOST_PARKED = 10;

    private final Output output;

    public StartWords(Output output) {
        this.output = output;
    }

    /** The queue was read. */
    public void queue(int tasks, Path path) {
        output.detail("queue:     %s in %s".formatted(Count.of(tasks, "task"), path));
    }

    /** The queue was split. */
    public void shard(String name, int tasks) {
        output.detail("shard:     %s, with %s".formatted(name, Count.of(tasks, "task")));
    }

    /** It was proven that nothing can call out. */
    public void proven(EgressProof proof) {
        output.detail("egress:    %d pieces of evidence, and nothing that is required is missing"
                .formatted(proof.evidence().size()));
    }

    @Override
    public void read(List<String> runs) {
        output.detail("journals:  %s so far".formatted(Count.of(runs.size(), "night")));
    }

    @Override
    public void abandoned(String run) {
        output.say("night %s was interrupted and ends where it is; a new one begins".formatted(run));
    }

    @Override
    public void signed(String run) {
        output.detail("signing:   night %s was cut off before its statement, which is due now".formatted(run));
    }

    @Override
    public void cut(String words) {
        output.warn(words);
    }

    /** It was decided which night runs. */
    public void planned(StartPlan.Ready plan) {
        var which = switch (plan) {
            case StartPlan.Fresh night -> "%s, a new one".formatted(night.run());
            case StartPlan.Resume resume -> "%s, which was interrupted".formatted(resume.run());
        };
        output.detail("night:     %s, on commit %s, with %s of the queue left"
                .formatted(which, plan.baseCommit(), Count.of(plan.tasks().size(), "task")));
    }

    /** Tasks wait for others that they build on: of a few each is told, with what it waits for. */
    public void parked(Map<String, String> tasks) {
        tasks.entrySet().stream()
                .limit(MOST_PARKED)
                .forEach(task -> output.warn("task %s is left: %s".formatted(task.getKey(), task.getValue())));
        if (tasks.size() > MOST_PARKED) {
            output.warn("%s more wait for others (after)".formatted(Count.of(tasks.size() - MOST_PARKED, "task")));
        }
    }

    /** A model is about to be loaded, which may take a while; only somebody who waits for it is told. */
    public void loading(String name) {
        if (output.isTerminal()) {
            output.say("loading model %s".formatted(name));
        }
    }

    /** A model was loaded. */
    public void loaded(String name, String folder, Duration took) {
        output.detail("model:     %s is %s, loaded in %d ms".formatted(name, folder, took.toMillis()));
    }
}
