package pantheon.night.engine.server;

import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pantheon.night.engine.EngineModel;
import pantheon.night.grammar.export.Exported;

/** What a server's language of grammars leaves to our own validation, of all agents' turns together; for the journal. */
final class NotHeldThere {
    /** The journal names so many places at most, and how many more there are. */
    private static final int MOST = 20;

    private final Set<String> loosened = new TreeSet<>();
    private final Set<String> twice = new TreeSet<>();

    synchronized void add(Exported exported) {
        exported.loosenings().forEach(found -> loosened.add(found.toString()));
        exported.twice().forEach(found -> twice.add(found.pointer()));
    }

    /** A model, and in its facts what is not held. */
    synchronized EngineModel in(EngineModel model) {
        var facts = new TreeMap<>(model.facts());
        if (!loosened.isEmpty()) {
            facts.put("loosened", words(loosened));
        }
        if (!twice.isEmpty()) {
            facts.put("names_twice", words(twice));
        }
        return new EngineModel(
                model.name(),
                model.digest(),
                model.contextTokens(),
                model.controlTexts(),
                model.origin(),
                model.sequences(),
                facts);
    }

    private static String words(Collection<String> places) {
        var some = places.stream().limit(MOST).collect(Collectors.joining("; "));
        return places.size() > MOST ? "%s; and %d more".formatted(some, places.size() - MOST) : some;
    }
}
