package pantheon.night.language.automaton;

import java.util.function.Consumer;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/** The ways out of the states of an automaton, as a walk meets them. */
public final class Ways {
    private Ways() {}

    /** Passes every way out of a state, in order; it is good until the next one. */
    public static void from(Automaton automaton, int state, Consumer<Transition> taker) {
        var transition = new Transition();
        int count = automaton.initTransition(state, transition);
        for (int i = 0; i < count; i++) {
            automaton.getNextTransition(transition);
            taker.accept(transition);
        }
    }
}
