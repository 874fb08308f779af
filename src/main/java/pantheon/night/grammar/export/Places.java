package pantheon.night.grammar.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import pantheon.night.draft.Loosening;

/** Where in a tool's arguments a grammar is being written, and what was let go there. */
final class Places {
    private final Deque<String> names = new ArrayDeque<>();
    private final List<Loosening> loosenings = new ArrayList<>();
    private final List<Loosening> twice = new ArrayList<>();

    /** Writes a part at a place below this one; where that fails, the place stays. */
    <T> T at(String name, Supplier<T> written) {
        names.push(name);
        var part = written.get();
        names.pop();
        return part;
    }

    /** The tool's name, and the way to an argument; {@code *} stands for items and for names that are not known. */
    String here() {
        return String.join("/", names.reversed());
    }

    /** Says what a grammar allows here though the schema does not. */
    void loosen(String what) {
        loosenings.add(new Loosening(here(), what));
    }

    /** Says that an object may have a name twice here. */
    void allowTwice() {
        twice.add(new Loosening(here(), "a name that the schema does not know may come twice"));
    }

    List<Loosening> loosenings() {
        return List.copyOf(loosenings);
    }

    List<Loosening> twice() {
        return List.copyOf(twice);
    }
}
