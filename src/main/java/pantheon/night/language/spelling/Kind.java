package pantheon.night.language.spelling;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntPredicate;

/** The types of JSON values, as far as their texts differ. */
public enum Kind {
    STRING("\""),
    NUMBER("-0123456789"),
    TRUE("t"),
    FALSE("f"),
    NULL("n"),
    LIST("["),
    OBJECT("{");

    private final String firsts;

    Kind(String firsts) {
        this.firsts = firsts;
    }

    /**
     * Those of some JSON texts.
     *
     * @param canBegin whether one of them begins with a byte
     */
    public static Set<Kind> of(IntPredicate canBegin) {
        var kinds = EnumSet.noneOf(Kind.class);
        for (var kind : values()) {
            if (kind.firsts.chars().anyMatch(canBegin)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
