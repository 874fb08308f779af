package pantheon.night.language.pattern;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The characters with a Unicode property, by the names that ECMA-262 has for it: general categories, scripts, and the
 * binary properties that this platform knows.
 */
final class UnicodeProperty {
    /** The codes of general categories, each at the number that {@link Character#getType} has for it. */
    private static final List<String> CATEGORIES = List.of(
            "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf -- Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf".split(" "));

    private static final Map<String, String> CATEGORY_NAMES = names("""
            Letter=L Cased_Letter=LC Uppercase_Letter=Lu Lowercase_Letter=Ll Titlecase_Letter=Lt Modifier_Letter=Lm \
            Other_Letter=Lo Mark=M Combining_Mark=M Nonspacing_Mark=Mn Spacing_Mark=Mc Enclosing_Mark=Me Number=N \
            Decimal_Number=Nd digit=Nd Letter_Number=Nl Other_Number=No Punctuation=P punct=P \
            Connector_Punctuation=Pc Dash_Punctuation=Pd Open_Punctuation=Ps Close_Punctuation=Pe \
            Initial_Punctuation=Pi Final_Punctuation=Pf Other_Punctuation=Po Symbol=S Math_Symbol=Sm \
            Currency_Symbol=Sc Modifier_Symbol=Sk Other_Symbol=So Separator=Z Space_Separator=Zs Line_Separator=Zl \
            Paragraph_Separator=Zp Other=C Control=Cc cntrl=Cc Format=Cf Surrogate=Cs Private_Use=Co Unassigned=Cn""");

    /** What {@code \p} of Java calls them, behind {@code Is}. */
    private static final Map<String, String> BINARY_NAMES = names("""
            Alphabetic=Alphabetic Alpha=Alphabetic Lowercase=Lowercase Lower=Lowercase Uppercase=Uppercase \
            Upper=Uppercase White_Space=White_Space space=White_Space Ideographic=Ideographic Ideo=Ideographic \
            Hex_Digit=Hex_Digit Hex=Hex_Digit Join_Control=Join_Control Join_C=Join_Control Emoji=Emoji \
            Noncharacter_Code_Point=Noncharacter_Code_Point NChar=Noncharacter_Code_Point \
            Emoji_Presentation=Emoji_Presentation EPres=Emoji_Presentation Emoji_Modifier=Emoji_Modifier \
            EMod=Emoji_Modifier Emoji_Modifier_Base=Emoji_Modifier_Base EBase=Emoji_Modifier_Base \
            Emoji_Component=Emoji_Component EComp=Emoji_Component Extended_Pictographic=Extended_Pictographic \
            ExtPict=Extended_Pictographic""");

    private static final Map<String, Characters> KNOWN = new ConcurrentHashMap<>();

    private UnicodeProperty() {}

    private static Map<String, String> names(String pairs) {
        return Stream.of(pairs.split("\\s+"))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Those with a property, written as a value or as a name and a value; empty where there is no such property. */
    static Optional<Characters> members(String property) {
        var known = KNOWN.get(property);
        if (known != null) {
            return Optional.of(known);
        }
        var found = test(property).map(UnicodeProperty::members);
        found.ifPresent(members -> KNOWN.put(property, members));
        return found;
    }

    private static Optional<IntPredicate> test(String property) {
        int equals = property.indexOf('=');
        var value = property.substring(equals + 1);
        return switch (property.substring(0, Math.max(0, equals))) {
            case "" -> equals < 0 ? category(value).or(() -> binary(value)) : Optional.empty();
            case "General_Category", "gc" -> category(value);
            case "Script", "sc" -> script(value);
            default -> Optional.empty();
        };
    }

    private static Optional<IntPredicate> category(String name) {
        var code = CATEGORY_NAMES.getOrDefault(name, name);
        if (code.equals("LC")) {
            return Optional.of(c -> List.of("Lu", "Ll", "Lt").contains(CATEGORIES.get(Character.getType(c))));
        }
        boolean known = CATEGORY_NAMES.containsValue(code);
        return known ? Optional.of(c -> CATEGORIES.get(Character.getType(c)).startsWith(code)) : Optional.empty();
    }

    private static Optional<IntPredicate> script(String name) {
        try {
            var script = UnicodeScript.forName(name);
            boolean proper = name.matches("[A-Z][a-z]+(_[A-Z][a-z]+)*");
            return proper ? Optional.of(c -> UnicodeScript.of(c) == script) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<IntPredicate> binary(String name) {
        return switch (name) {
            case "Any" -> Optional.of(c -> true);
            case "ASCII" -> Optional.of(c -> c <= 0x7F);
            case "Assigned" -> Optional.of(Character::isDefined);
            case "ASCII_Hex_Digit", "AHex" -> Optional.of(c -> c <= 0x7F && Character.digit(c, 16) >= 0);
            default -> Optional.ofNullable(BINARY_NAMES.get(name)).map(UnicodeProperty::platform);
        };
    }

    private static IntPredicate platform(String name) {
        var test = Pattern.compile("\\p{Is" + name + "}").asMatchPredicate();
        return c -> test.test(Character.toString(c));
    }

    private static Characters members(IntPredicate test) {
        var bounds = new ArrayList<Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (test.test(c)) {
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
