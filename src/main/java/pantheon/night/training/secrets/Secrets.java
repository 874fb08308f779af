package pantheon.night.training.secrets;

import java.util.List;

/** Finds secrets in text and takes them out. */
public final class Secrets {
    private final List<SecretPattern> patterns;
    private final Anchors anchors;

    public Secrets() {
        this(SecretPattern.ALL);
    }

    Secrets(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.anchors = new Anchors(patterns);
    }

    /** A text without its secrets, and how many those were. */
    public record Scrubbed(String text, int secrets) {}

    public Scrubbed scrub(String text) {
        if (anchors.found(text).isEmpty()) {
            return new Scrubbed(text, 0);
        }
        int found = 0;
        var scrubbed = text;
        for (var pattern : patterns) {
            var matcher = pattern.pattern().matcher(scrubbed);
            var out = new StringBuilder();
            int at = 0;
            while (matcher.find()) {
                int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
                out.append(scrubbed, at, matcher.start(group)).append(pattern.replacement());
                at = matcher.end(group);
                found++;
            }
            scrubbed = at == 0
                    ? scrubbed
                    : out.append(scrubbed, at, scrubbed.length()).toString();
        }
        return new Scrubbed(scrubbed, found);
    }

    /** The names of the kinds of secrets that a text still holds, none where it is clean. */
    List<String> find(String text) {
        return anchors.found(text).stream().map(SecretPattern::name).toList();
    }
}
