package pantheon.night.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;

/**
 * Finds secrets in text and takes them out.
 *
 * <p>Nearly every text holds none. So one pass of an automaton over its bytes looks for the patterns' anchors, and the
 * patterns are tried on texts that hold one.
 */
final class Secrets {
    /** What may stand before a word, as {@link SecretPattern} has it. */
    private static final Automaton WORD_START = new RegExp("[^A-Za-z0-9_\\-]|\\\\[bfnrt]").toAutomaton();

    private final List<SecretPattern> patterns;
    private final ByteRunAutomaton anchors;

    Secrets() {
        this(SecretPattern.ALL);
    }

    Secrets(List<SecretPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        var starts = new ArrayList<Automaton>(); // at the very beginning of a text
        var found = new ArrayList<Automaton>();
        for (var pattern : patterns) {
            for (var anchor : pattern.anchors()) {
                var text = isCaseless(pattern) ? caseless(anchor) : Automata.makeString(anchor);
                found.add(pattern.startsWord() ? Operations.concatenate(List.of(WORD_START, text)) : text);
                if (pattern.startsWord()) {
                    starts.add(text);
                }
            }
        }
        var somewhere = Operations.concatenate(List.of(Automata.makeAnyString(), Operations.union(found)));
        starts.add(somewhere);
        var automaton = Operations.determinize(Operations.union(starts), Integer.MAX_VALUE);
        anchors = new ByteRunAutomaton(automaton);
    }

    /** A text without its secrets, and how many those were. */
    record Scrubbed(String text, int secrets) {}

    Scrubbed scrub(String text) {
        if (!mayHold(text.getBytes(StandardCharsets.UTF_8))) {
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
    List<String> find(byte[] utf8) {
        if (!mayHold(utf8)) {
            return List.of();
        }
        var text = new String(utf8, StandardCharsets.UTF_8);
        return patterns.stream()
                .filter(pattern -> pattern.pattern().matcher(text).find())
                .map(SecretPattern::name)
                .toList();
    }

    private boolean mayHold(byte[] utf8) {
        int state = 0;
        for (byte b : utf8) {
            state = anchors.step(state, b & 0xFF);
            if (anchors.isAccept(state)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCaseless(SecretPattern pattern) {
        return (pattern.pattern().flags() & Pattern.CASE_INSENSITIVE) != 0;
    }

    private static Automaton caseless(String anchor) {
        return Operations.concatenate(anchor.chars()
                .mapToObj(c -> Operations.union(List.of(
                        Automata.makeChar(Character.toLowerCase(c)), Automata.makeChar(Character.toUpperCase(c)))))
                .toList());
    }
}
