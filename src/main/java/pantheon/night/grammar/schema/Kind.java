package pantheon.night.grammar.schema;

import java.util.EnumSet;
import java.util.Set;

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

    /** Those that some set has a value of. */
    public static Set<Kind> of(ValueSet values) {
        var kinds = EnumSet.noneOf(Kind.class);
        for (var alternative : values.alternatives()) {
            for (var kind : values()) {
                if (kind.firsts.chars().anyMatch(alternative::startsWith)) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }
}
