package pantheon.night.training.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Finds secrets in text and takes them out. Several threads may use one at once. */
public final class Secrets {
    private static final int MOST_PASSAGES = 500;

    private final List<SecretPattern> patterns;
    private final Anchors anchors;
    private final Map<String, Passage> passages = new ConcurrentHashMap<>();

    public Secrets() {
        this(SecretPattern.ALL);
    }

    Secrets(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.anchors = new Anchors(patterns);
    }

    /**
     * A text without its secrets.
     *
     * @param removed what was taken out, each without what all of its kind begin with
     * @param isWhole whether each was taken out whole, and not only its end
     */
    public record Scrubbed(String text, List<String> removed, boolean isWhole) {
        /** Nothing in place of nothing. */
        public static final Scrubbed NOTHING = new Scrubbed("", List.of(), true);

        public Scrubbed {
            removed = List.copyOf(removed);
        }

        /** How many secrets were taken out. */
        public int secrets() {
            return removed.size();
        }

        /** The same of this text and another one together. */
        public Scrubbed and(Scrubbed other) {
            return new Scrubbed(
                    text + "\n" + other.text,
                    Stream.concat(removed.stream(), other.removed.stream()).toList(),
                    isWhole && other.isWhole);
        }

        /** Whether what was taken out may be known all the same: from what is left, or from another text beside it. */
        public boolean isKnownFrom(String beside) {
            return !isWhole || (!removed.isEmpty() && new OtherForms(removed).areIn(text + "\n" + beside));
        }
    }

    /** A part of the texts that are to be searched, which is searched here. */
    public Passage passage(String text) {
        return anchors.passage(text);
    }

    /** The same for a part of which a night has few, each of them in many texts: those are remembered. */
    public Passage sharedPassage(String text) {
        var known = passages.get(text);
        if (known != null) {
            return known;
        }
        var passage = passage(text);
        if (passages.size() < MOST_PASSAGES) {
            passages.put(text, passage);
        }
        return passage;
    }

    public Scrubbed scrub(String text) {
        return scrub(ComposedText.of(text));
    }

    /** A text without its secrets. */
    public Scrubbed scrub(ComposedText text) {
        var scrubbed = text.toString();
        if (anchors.found(text).isEmpty()) {
            return new Scrubbed(scrubbed, List.of(), true);
        }
        var removed = new ArrayList<String>();
        boolean whole = true;
        for (var pattern : patterns) {
            int before = removed.size();
            scrubbed = scrub(scrubbed, pattern, removed);
            whole &= !pattern.isPart() || removed.size() == before;
        }
        return new Scrubbed(scrubbed, removed, whole);
    }

    private static String scrub(String text, SecretPattern pattern, List<String> removed) {
        var matcher = pattern.pattern().matcher(text);
        var out = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            out.append(text, at, matcher.start(group)).append(pattern.replacement());
            removed.add(pattern.core(matcher.group(group)));
            at = matcher.end(group);
        }
        return at == 0 ? text : out.append(text, at, text.length()).toString();
    }

    /** The names of the kinds of secrets that a text still holds, none where it is clean. */
    List<String> find(String text) {
        return find(ComposedText.of(text));
    }

    /** Whether a text still holds any. */
    boolean areIn(ComposedText text) {
        return !anchors.found(text).isEmpty();
    }

    List<String> find(ComposedText text) {
        return anchors.found(text).stream().map(SecretPattern::name).distinct().toList();
    }
}
