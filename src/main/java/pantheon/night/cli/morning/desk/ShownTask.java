package pantheon.night.cli.morning.desk;

import java.util.List;
import java.util.Objects;
import pantheon.night.Count;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.morning.TaskStory;
import pantheon.night.morning.TaskStory.Attempt;
import pantheon.night.report.section.Amount;
import tools.jackson.databind.node.ObjectNode;

/** A task for a person, in the order in which a person asks: what, how it ended, why, and what it did on the way. */
public final class ShownTask {
    private static final int MOST = 300;

    private final LookedAt looked;
    private final TaskStory story;
    private final boolean full;
    private final Output output;
    private final boolean isTrial;

    /** @param full whether foreign text is shown whole */
    public ShownTask(LookedAt looked, TaskStory story, boolean full, Output output) {
        this(looked, story, full, output, false);
    }

    private ShownTask(LookedAt looked, TaskStory story, boolean full, Output output, boolean isTrial) {
        this.isTrial = isTrial;
        this.looked = looked;
        this.story = story;
        this.full = full;
        this.output = output;
    }

    /**
     * Says all of a task that was tried, as nothing of it stays; how it ended comes last, where a person looks first.
     *
     * @param setup the place where it was tried
     * @return whether its work was accepted
     */
    public static boolean tried(Setup setup, String task, boolean full, Output output) {
        var looked = new Desk(setup, output).look(task, null);
        var story = TaskStory.of(looked.journal(), looked.task());
        var shown = new ShownTask(looked, story, full, output, true);
        var json = shown.json().put("prompt", shown.opening());
        output.result(json.remove(List.of("run", "task", "commit", "waits", "decision", "artifacts")));
        shown.sayTried();
        return looked.record().accepted();
    }

    /** All of it for a program. */
    public ObjectNode json() {
        var json = looked.listed().json();
        json.put("artifacts", looked.folder().toString());
        json.put("diff", looked.diff().of(looked.record()).orElse(null));
        var events = json.putArray("events");
        for (var entry : story.entries()) {
            var event = events.addObject()
                    .put("type", EventType.of(entry.event()).type())
                    .put("time", entry.time().toString());
            event.set("data", EventCodec.data(entry.event()));
        }
        return json;
    }

    private void sayTried() {
        output.block(opening());
        story.attempts().forEach(this::attempt);
        changed();
        field("agent", looked.record().agent());
        field("outcome", looked.record().reason());
        field("why", looked.record().message());
        field("cost", looked.record().steps() == 0 ? "" : cost());
    }

    /** What the model saw before its first turn. */
    private String opening() {
        var text = looked.artifacts().text("prompt.txt").orElse("");
        int turn = story.attempts().stream()
                .flatMap(attempt -> attempt.of(GenerationReceived.class))
                .findFirst()
                .map(first -> text.indexOf(first.text()))
                .orElse(-1);
        return turn < 0 ? text : text.substring(0, turn);
    }

    public void say() {
        head();
        story.attempts().forEach(this::attempt);
        changed();
        field("artifacts", looked.folder().toString());
    }

    /** What a person decides by: the head, how the checks of the last attempt judged, and the change. */
    public void saySummary() {
        head();
        story.last().ifPresent(attempt -> attempt.of(CheckFinished.class).forEach(this::event));
        changed();
    }

    private void head() {
        var task = looked.record();
        field("task", task.id());
        field("night", looked.run());
        field("earlier", earlier());
        field("agent", task.agent());
        field("input", task.input().map(Json::write).orElse(""));
        field("told", Objects.requireNonNullElse(task.rejected(), ""));
        field("outcome", task.reason());
        field("why", task.message());
        field("decision", looked.decision().map(Decision::words).orElse(""));
        field("commit", Objects.requireNonNullElse(task.commit(), ""));
        field("cost", task.steps() == 0 ? "" : cost());
    }

    private String earlier() {
        var earlier = looked.desk().earlier(looked.found());
        return earlier.isEmpty() ? "" : "attempts in %s; see them with --run".formatted(String.join(", ", earlier));
    }

    private String cost() {
        var task = looked.record();
        var cached = task.cachedTokens();
        return "%s, %d tokens in (%s), %d out, %s"
                .formatted(
                        Count.of(task.steps(), "step"),
                        task.inputTokens(),
                        cached == null ? "how many were cached is not told" : cached + " of them cached",
                        task.outputTokens(),
                        Amount.ms(task.phases().taskMs()));
    }

    /** Says nothing of what there is nothing to say of. */
    private void field(String name, String text) {
        if (!text.isEmpty()) {
            output.say("%-10s %s".formatted(name, text));
        }
    }

    private void attempt(Attempt attempt) {
        var started = attempt.started();
        if (started == null) {
            return;
        }
        output.say("");
        output.say("attempt %s at %s%s"
                .formatted(
                        started.attempt() == null ? "" : started.attempt(),
                        attempt.begun(),
                        attempt.ending() == null
                                ? ", cut off"
                                : ", " + attempt.ending().reason().words()));
        attempt.events().forEach(this::event);
    }

    private void event(TaskEvent event) {
        switch (event) {
            case GenerationReceived turn -> {
                output.say("  turn %d: %d tokens in, %d out"
                        .formatted(
                                turn.step(),
                                turn.tokens().input(),
                                turn.tokens().output()));
                output.say("    says     " + shortened(turn.text()));
            }
            case CallRejected call ->
                output.say("    refused  %s: %s".formatted(call.error(), shortened(call.message())));
            case ToolCalled call ->
                output.say("    calls    %s %s".formatted(call.tool(), shortened(Json.write(call.arguments()))));
            case ToolReturned call ->
                output.say("    gets     %s%s"
                        .formatted(call.ok() ? "" : "an error: ", shortened(Json.write(call.result()))));
            case CheckFinished check ->
                output.say("  check %-12s %s%s"
                        .formatted(check.check(), check.passed() ? "passed" : "FAILED", words(check)));
            case CommitMade made -> committed(made);
            case TaskStarted started -> {}
            case CommitIntended intended -> {}
            case TaskFinished finished -> {}
            case DecisionMade made -> {}
        }
    }

    /** A trial's commit is in a repository that goes with it. */
    private void committed(CommitMade made) {
        if (!isTrial) {
            output.say("  committed %s on %s".formatted(made.commit(), made.branch()));
        }
    }

    private static String words(CheckFinished check) {
        return check.message() == null ? "" : ": " + check.message();
    }

    private String shortened(String text) {
        return full ? text : Words.shortened(text, MOST);
    }

    private void changed() {
        output.say("");
        var patch = looked.diff().of(looked.record());
        if (patch.isPresent()) {
            output.patch(patch.get());
        } else {
            output.say("no change of it is there");
        }
        output.say("");
    }
}
