package pantheon.night.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightLines;
import tools.jackson.databind.JsonNode;

/** Folds a journal into its traces, one task at a time. */
final class TraceReader {
    private final String run;
    private final @Nullable String licence;
    private final Consumer<Trace> traces;
    private final Map<String, String> modelDigests = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private @Nullable String repository;

    /** @param licence of the sources, where whoever asks knows it */
    TraceReader(String run, @Nullable String licence, Consumer<Trace> traces) {
        this.run = run;
        this.licence = licence;
        this.traces = traces;
    }

    /**
     * Reads a whole journal.
     *
     * @throws pantheon.night.NightException with exit code 65 where it is broken
     */
    JournalReader.End read(Path journal) {
        return NightLines.read(journal, this::take);
    }

    private void take(JournalReader.Entry entry) {
        switch (entry.event()) {
            case NightStarted night -> {
                repository = night.repository();
                models(night);
            }
            case NightResumed night -> models(night);
            case TaskStarted task -> open.put(task.task(), new Open(task));
            case GenerationReceived turn -> begun(turn).ifPresent(trace -> trace.generated(turn));
            case CallRejected call -> begun(call).ifPresent(Open::rejected);
            case ToolCalled call -> begun(call).ifPresent(trace -> trace.path(call.arguments()));
            case TaskFinished task -> {
                var trace = open.remove(task.task());
                if (trace != null) {
                    traces.accept(trace.end(task.ending(), entry.hash()));
                }
            }
            default -> {}
        }
    }

    private Optional<Open> begun(TaskEvent event) {
        return Optional.ofNullable(open.get(event.task()));
    }

    private void models(Session session) {
        session.models().forEach(model -> modelDigests.put(model.name(), model.digest()));
    }

    /** A task that has begun and not ended yet. */
    private final class Open {
        private final TaskStarted started;
        private final List<String> promptHashes = new ArrayList<>();
        private final TreeSet<String> paths = new TreeSet<>();
        private String model = "";
        private int failures;

        Open(TaskStarted started) {
            this.started = started;
            path(started.input());
        }

        /** Notes the file that arguments or the input name. */
        void path(JsonNode arguments) {
            if (arguments.path("path").isString()) {
                paths.add(arguments.get("path").stringValue());
            }
        }

        void generated(GenerationReceived turn) {
            promptHashes.add(turn.promptHash());
            model = turn.model();
        }

        void rejected() {
            failures++;
        }

        /** @param line the hash of the line that it ended in */
        Trace end(TaskEnding ending, String line) {
            return new Trace(
                    started.input(),
                    ending.reason(),
                    ending.isUnchanged(),
                    ending.message(),
                    promptHashes.size(),
                    failures,
                    ending.tokens().output(),
                    promptHashes,
                    List.copyOf(paths),
                    provenance(line));
        }

        private Provenance provenance(String line) {
            return new Provenance(
                    run,
                    started.task(),
                    line,
                    modelDigests.getOrDefault(model, ""),
                    started.agent(),
                    started.agentVersion(),
                    started.templateHash(),
                    repository,
                    licence);
        }
    }
}
