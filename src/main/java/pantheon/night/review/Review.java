package pantheon.night.review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What reviewers said of one task's work: the artifact {@value #FILE}.
 *
 * @param accepts whether each reviewer accepts, by name; who is named twice is taken at the last word
 * @param objections what those who reject wrote, each after the reviewer's name
 */
public record Review(SortedMap<String, Boolean> accepts, List<String> objections) {
    public static final String FILE = "review.json";
    private static final int MOST_BYTES = 1 << 20;

    private static final Schema SCHEMA = Schema.resource("/schema/artifact/review.json");

    public Review {
        accepts = Collections.unmodifiableSortedMap(new TreeMap<>(accepts));
        objections = List.copyOf(objections);
    }

    /** It cannot be told what the reviewers said; the message says why. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** The text of a task's review, empty where nobody reviewed it. */
    public static Optional<String> text(Path artifacts) throws IOException {
        var file = artifacts.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(new String(RegularFile.bytes(file, MOST_BYTES), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    public static Review parse(String text) throws Unreadable {
        try {
            var json = Json.parse(text);
            var wrong = SCHEMA.check(json);
            if (!wrong.isEmpty()) {
                throw new Unreadable(wrong.getFirst().toString());
            }
            return of(json.get("reviews"));
        } catch (JacksonException e) {
            throw new Unreadable("it is no JSON: " + Json.why(e));
        }
    }

    private static Review of(JsonNode reviews) {
        var accepts = new TreeMap<String, Boolean>();
        var objections = new ArrayList<String>();
        for (var one : reviews) {
            var reviewer = one.get("reviewer").stringValue();
            accepts.put(reviewer, one.get("accepts").booleanValue());
            if (!one.get("accepts").booleanValue()) {
                objections.add("%s: %s".formatted(reviewer, one.path("message").asString("rejected")));
            }
        }
        return new Review(accepts, objections);
    }

    /** Nobody has said anything. */
    public static Review none() {
        return new Review(new TreeMap<>(), List.of());
    }

    /** The same with another reviewer's word, which takes the place of what they said before. */
    public Review with(String reviewer, boolean accept, String objection) {
        var more = new TreeMap<>(accepts);
        more.put(reviewer, accept);
        var words = new ArrayList<>(objections);
        words.removeIf(said -> said.startsWith(reviewer + ": "));
        if (!accept) {
            words.add("%s: %s".formatted(reviewer, objection));
        }
        return new Review(more, words);
    }

    /** Whether no reviewer rejects the work. */
    public boolean isAccepted() {
        return !accepts.containsValue(false);
    }
}
