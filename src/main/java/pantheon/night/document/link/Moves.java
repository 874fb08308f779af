package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a repository's files: renamed, or deleted, oldest first. */
public final class Moves {
    /** Files are renamed back and forth; nobody is followed longer. */
    private static final int MOST_STEPS = 100;

    private final List<Move> moves;
    /** Path → the places in the list at which it went. */
    private final Map<String, List<Integer>> gone = new HashMap<>();
    /** Path → the place in the list at which it came last. */
    private final Map<String, Integer> came = new HashMap<>();

    /**
     * A file that went.
     *
     * @param to where it is now, null where it was deleted
     */
    public record Move(String from, @Nullable String to) {}

    public Moves(List<Move> moves) {
        this.moves = List.copyOf(moves);
        for (int i = 0; i < moves.size(); i++) {
            gone.computeIfAbsent(moves.get(i).from(), from -> new ArrayList<>()).add(i);
            if (moves.get(i).to() != null) {
                came.put(moves.get(i).to(), i);
            }
        }
    }

    /** Where a file is that is not there any more. */
    public sealed interface Fate {
        /** At another path, as far as is known. */
        record At(String path) implements Fate {}

        /** Deleted. */
        record Deleted() implements Fate {}

        /** Nobody knows of it. */
        record Unknown() implements Fate {}
    }

    /** What became of the file that was last at a path. */
    public Fate fate(String path) {
        var places = gone.get(path);
        return places == null ? new Fate.Unknown() : follow(places.getLast());
    }

    private Fate follow(int first) {
        int at = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            var to = moves.get(at).to();
            if (to == null) {
                return new Fate.Deleted();
            }
            int after = at;
            var next = gone.getOrDefault(to, List.of()).stream()
                    .filter(place -> place > after)
                    .findFirst();
            if (next.isEmpty()) {
                return new Fate.At(to);
            }
            at = next.get();
        }
        return new Fate.Unknown();
    }

    /** The path that a file had before it came to where it is; empty where it was always there. */
    public Optional<String> before(String path) {
        return Optional.ofNullable(came.get(path)).map(place -> moves.get(place).from());
    }
}
