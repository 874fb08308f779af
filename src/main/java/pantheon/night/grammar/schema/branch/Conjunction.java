package pantheon.night.grammar.schema.branch;

import java.util.Arrays;

/**
 * The values that fit some subschemas and do not fit some others; any value where there are none.
 *
 * <p>There are finitely many for a document, however it recurs, so that sets of values can be known by them.
 */
public final class Conjunction {
    public static final Conjunction ANY = new Conjunction(new int[0]);

    private final int[] literals;
    private final int hash;

    private Conjunction(int[] sorted) {
        literals = sorted;
        hash = Arrays.hashCode(sorted);
    }

    public static Conjunction of(int... literals) {
        return ANY.and(literals);
    }

    public Conjunction and(int... more) {
        if (more.length == 0) {
            return this;
        }
        var all = Arrays.copyOf(literals, literals.length + more.length);
        System.arraycopy(more, 0, all, literals.length, more.length);
        Arrays.sort(all);
        return new Conjunction(eachOnce(all));
    }

    private static int[] eachOnce(int[] sorted) {
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[kept - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    public int[] literals() {
        return literals.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conjunction that && Arrays.equals(literals, that.literals);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
