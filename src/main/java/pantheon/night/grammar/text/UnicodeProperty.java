package pantheon.night.grammar.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import pantheon.night.grammar.text.PatternNode.Characters;

/** The characters with a Unicode property, by the names that regular expressions have for it. */
final class UnicodeProperty {
    private UnicodeProperty() {}

    /** Those with a property, written as a value or as a name and a value; empty where there is no such property. */
    static Optional<Characters> members(String property) {
        int equals = property.indexOf('=');
        var value = property.substring(equals + 1);
        boolean script = equals >= 0 && property.startsWith("S");
        return Stream.of(script ? "IsScript=" + value : value, "Is" + value)
                .map(UnicodeProperty::test)
                .flatMap(Optional::stream)
                .findFirst()
                .map(UnicodeProperty::members);
    }

    private static Optional<Predicate<String>> test(String javaName) {
        try {
            return Optional.of(Pattern.compile("\\p{" + javaName + "}").asMatchPredicate());
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Characters members(Predicate<String> test) {
        var bounds = new ArrayList<Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean scalar = c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
            if (scalar && test.test(Character.toString(c))) {
                add(c, bounds);
            }
        }
        return Characters.of(bounds.stream().mapToInt(i -> i).toArray());
    }

    /** Adds a code point to ranges that end before it. */
    private static void add(int c, List<Integer> bounds) {
        int last = bounds.size() - 1;
        if (last > 0 && bounds.get(last) == c - 1) {
            bounds.set(last, c);
        } else {
            bounds.addAll(List.of(c, c));
        }
    }
}
