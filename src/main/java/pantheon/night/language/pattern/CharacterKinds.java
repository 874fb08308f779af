package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** All characters by kinds: a pattern takes those of one kind for the same, wherever it asks. */
final class CharacterKinds {
    private final List<Characters> sets;
    private final List<Range> ranges = new ArrayList<>();
    /** Of each kind, one character. */
    private final List<Integer> examples = new ArrayList<>();

    private record Range(int first, int last, int kind) {}

    /** What is done with a range of characters of one kind. */
    @FunctionalInterface
    interface Use {
        void range(int first, int last, int kind);
    }

    CharacterKinds(PatternNode root) {
        sets = new ArrayList<>(root.all()
                .filter(Characters.class::isInstance)
                .map(Characters.class::cast)
                .distinct()
                .toList());
        sets.add(Characters.WORD);
        split();
    }

    private void split() {
        var kinds = new HashMap<BitSet, Integer>();
        var starts = starts();
        for (Integer first = 0; first != null; first = starts.higher(first)) {
            int from = first;
            var next = starts.higher(first);
            int kind = kinds.computeIfAbsent(memberships(from), missing -> {
                examples.add(from);
                return examples.size() - 1;
            });
            add(from, next == null ? Character.MAX_CODE_POINT : next - 1, kind);
        }
    }

    /** Where a set begins, or the first behind it. */
    private NavigableSet<Integer> starts() {
        var starts = new TreeSet<>(List.of(0, (int) Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1));
        for (var set : sets) {
            for (int i = 0; i < set.ranges().size(); i += 2) {
                starts.add(set.ranges().get(i));
                starts.add(set.ranges().get(i + 1) + 1);
            }
        }
        starts.remove(Character.MAX_CODE_POINT + 1);
        return starts;
    }

    private BitSet memberships(int character) {
        var in = new BitSet();
        for (int i = 0; i < sets.size(); i++) {
            in.set(i, sets.get(i).contains(character));
        }
        return in;
    }

    private void add(int first, int last, int kind) {
        if (first != Character.MIN_SURROGATE) {
            ranges.add(new Range(first, last, kind));
        }
    }

    void forEachRange(Use use) {
        ranges.forEach(range -> use.range(range.first(), range.last(), range.kind()));
    }

    int count() {
        return examples.size();
    }

    boolean isWord(int kind) {
        return isIn(kind, Characters.WORD);
    }

    boolean isIn(int kind, Characters set) {
        return set.contains(examples.get(kind));
    }
}
