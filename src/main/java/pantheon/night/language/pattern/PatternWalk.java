package pantheon.night.language.pattern;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;

/** The automaton of a pattern with conditions anywhere: its states are the places that a search comes to. */
final class PatternWalk {
    private final PatternPlaces places;
    private final CharacterKinds kinds;
    private final Automaton out = new Automaton();
    private final Map<Integer, Integer> states = new HashMap<>();
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

    private PatternWalk(PatternNode root) {
        kinds = new CharacterKinds(root);
        places = new PatternPlaces(root, kinds);
    }

    /** @throws UnsupportedPattern where it would take too many places */
    static Automaton language(PatternNode root) {
        return new PatternWalk(root).language();
    }

    private Automaton language() {
        state(places.first());
        while (!waiting.isEmpty()) {
            int place = waiting.remove();
            int from = state(place);
            out.setAccept(from, places.ends(place));
            kinds.forEachRange(
                    (first, last, kind) -> out.addTransition(from, state(places.behind(place, kind)), first, last));
        }
        out.finishState();
        return Automatons.deterministic(out);
    }

    private int state(int place) {
        return states.computeIfAbsent(place, missing -> {
            waiting.add(place);
            return out.createState();
        });
    }
}
