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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
        return JournalReader.readToEnd(journal, this::take);
    }

    private void take(JournalReader.Entry entry) {
        var data = entry.event().data();
        var task = String.valueOf(entry.event().task());
        switch (entry.event().type()) {
            case NIGHT_STARTED -> {
                repository = data.path("night.repository").stringValue(null);
                models(data);
            }
            case NIGHT_RESUMED -> models(data);
            case TASK_STARTED -> open.put(task, new Open(data));
            case GENERATION_RECEIVED -> begun(task).ifPresent(trace -> trace.generated(data));
            case CALL_REJECTED -> begun(task).ifPresent(Open::rejected);
            case TOOL_CALLED -> begun(task).ifPresent(trace -> trace.path(data.get("gen_ai.tool.call.arguments")));
            case TASK_FINISHED -> {
                var trace = open.remove(task);
                if (trace != null) {
                    traces.accept(trace.end(task, entry));
                }
            }
            case EGRESS_PROVEN,
                    FORECAST_MADE,
                    TOOL_RETURNED,
                    CHECK_FINISHED,
                    COMMIT_INTENDED,
                    COMMIT_MADE,
                    STATEMENT_SIGNED,
                    NIGHT_FINISHED,
                    NIGHT_PRUNED -> {}
        }
    }

    private Optional<Open> begun(String task) {
        return Optional.ofNullable(open.get(task));
    }

    private void models(JsonNode data) {
        data.get("night.models")
                .forEach(model -> modelDigests.put(
                        model.get("name").stringValue(), model.get("digest").stringValue()));
    }

    /** A task that has begun and not ended yet. */
    private final class Open {
        private final JsonNode started;
        private final List<String> promptHashes = new ArrayList<>();
        private final TreeSet<String> paths = new TreeSet<>();
        private String model = "";
        private int failures;

        Open(JsonNode started) {
            this.started = started;
            path(started.get("night.input"));
        }

        /** Notes the file that arguments or the input name. */
        void path(JsonNode arguments) {
            if (arguments.path("path").isString()) {
                paths.add(arguments.get("path").stringValue());
            }
        }

        void generated(JsonNode data) {
            promptHashes.add(data.get("night.prompt_hash").stringValue());
            model = data.get("gen_ai.request.model").stringValue();
        }

        void rejected() {
            failures++;
        }

        Trace end(String task, JournalReader.Entry entry) {
            var data = entry.event().data();
            return new Trace(
                    (ObjectNode) started.get("night.input"),
                    data.get("night.finish_reason").stringValue(),
                    data.path("night.message").asString(""),
                    promptHashes.size(),
                    failures,
                    data.get("gen_ai.usage.output_tokens").longValue(),
                    promptHashes,
                    List.copyOf(paths),
                    new Provenance(
                            run,
                            task,
                            entry.hash(),
                            modelDigests.getOrDefault(model, ""),
                            started.get("night.agent").stringValue(),
                            started.get("night.agent_version").stringValue(),
                            started.get("night.template_hash").stringValue(),
                            repository,
                            licence));
        }
    }
}
