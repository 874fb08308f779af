package pantheon.night.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.review.Review;
import pantheon.night.training.duplicates.Fingerprint;
import pantheon.night.training.secrets.ComposedText;
import pantheon.night.training.secrets.Secrets;

/** Looks up a night's traces in its artifacts, and takes the secrets out. Traces may be read side by side. */
final class CandidateReader {
    private static final int MOST_BYTES = 1 << 27;

    /** Why a trace is left out in which a secret was taken out and is known all the same, by what tools made of it. */
    private static final String SECRET = "secret_in_another_form";

    private final Path artifacts;
    private final Mining.Source source;
    private final Secrets secrets;
    private final ChatFormat format;
    private final DialogueReader dialogues;
    private final Set<String> mayLeaveUnchanged;

    /**
     * @param source the night
     * @param dialogues of that format
     * @param mayLeaveUnchanged the agents whose tasks are learned from also where nothing had to change
     */
    CandidateReader(
            Mining.Source source,
            Secrets secrets,
            ChatFormat format,
            DialogueReader dialogues,
            Set<String> mayLeaveUnchanged) {
        this.source = source;
        this.artifacts = source.artifacts();
        this.secrets = secrets;
        this.format = format;
        this.dialogues = dialogues;
        this.mayLeaveUnchanged = mayLeaveUnchanged;
    }

    Candidate read(Trace trace) {
        try {
            var conversation =
                    conversation(trace, artifacts.resolve(trace.provenance().task()));
            if (conversation.isEmpty() && trace.steps() > 0) {
                return new Candidate.LeftOut("artifacts_missing_or_changed", List.of());
            }
            var text = conversation.map(this::scrubbed).orElse(Secrets.Scrubbed.NOTHING);
            if (!trace.isGreen()) {
                return failed(trace, text);
            }
            if (trace.unchanged()
                    && !mayLeaveUnchanged.contains(trace.provenance().agent())) {
                return failed(trace, text, "unchanged", trace.message());
            }
            return reviewed(
                    trace,
                    text,
                    Review.text(artifacts.resolve(trace.provenance().task())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole conversation, if the artifacts have the prompt that the journal says was sent last. */
    private Optional<String> conversation(Trace trace, Path folder) throws IOException {
        if (trace.promptHashes().isEmpty()) {
            return Optional.empty();
        }
        String text;
        try {
            text = RegularFile.text(folder.resolve("prompt.txt"), MOST_BYTES);
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
        int answer = dialogues.lastAnswer(text);
        boolean sent = answer >= 0
                && Sha256.hex(text.substring(0, answer))
                        .equals(trace.promptHashes().getLast());
        return sent ? Optional.of(format.answer(text)) : Optional.empty();
    }

    /** The system's turn is that of many others. */
    private Secrets.Scrubbed scrubbed(String conversation) {
        var rest = dialogues.afterSystem(conversation);
        var turn = conversation.substring(0, conversation.length() - rest.length());
        return secrets.scrub(new ComposedText().add(secrets.sharedPassage(turn)).add(rest));
    }

    private Candidate green(Trace trace, Secrets.Scrubbed text) {
        var origin = Sample.origin(trace);
        if (text.isKnownFrom(origin)) {
            return new Candidate.LeftOut(SECRET, text.removed());
        }
        if (text.text().isEmpty() || dialogues.read(text.text()).isEmpty()) {
            return new Candidate.LeftOut("not_rendered_alike", text.removed());
        }
        return new Candidate.Green(
                trace,
                Sample.of(trace, text, origin).write(),
                Fingerprint.of(dialogues.afterSystem(text.text())),
                text.removed());
    }

    /** Green is what the checks accept and nobody rejects, neither a reviewer nor who decided in the morning. */
    private Candidate reviewed(Trace trace, Secrets.Scrubbed text, Optional<String> reviewText) {
        try {
            var written = reviewText.isEmpty() ? Review.none() : Review.parse(reviewText.get());
            var decided =
                    source.decisions().review(source.run(), trace.provenance().task());
            var objections = new ArrayList<>(written.objections());
            objections.addAll(decided.objections());
            return written.isAccepted() && decided.isAccepted()
                    ? green(trace, text)
                    : failed(trace, text, "rejected_by_reviewer", String.join("; ", objections));
        } catch (Review.Unreadable e) {
            return new Candidate.LeftOut("review_unreadable", text.removed());
        }
    }

    private Candidate failed(Trace trace, Secrets.Scrubbed text) {
        var reason = trace.finishReason() == FinishReason.ACCEPTED
                ? "corrected_on_the_way"
                : trace.finishReason().code();
        return failed(trace, text, reason, trace.message());
    }

    private Candidate failed(Trace trace, Secrets.Scrubbed text, String reason, String message) {
        var said = secrets.scrub(message);
        var input = secrets.scrub(Json.write(trace.input()));
        var all = text.and(said).and(input);
        var origin = Sample.origin(trace);
        if (all.isKnownFrom(origin)) {
            return new Candidate.LeftOut(SECRET, all.removed());
        }
        var row = Json.object();
        row.put("task", trace.provenance().task());
        row.put("reason", reason);
        row.put("finish_reason", trace.finishReason().code());
        row.put("message", said.text());
        row.set("input", Json.parse(input.text()));
        row.put("failures", trace.failures());
        row.put("text", text.text());
        var line = DatasetFile.line(row, origin);
        return new Candidate.Failed(new FailedRows.Failed(reason, line), all.removed());
    }
}
