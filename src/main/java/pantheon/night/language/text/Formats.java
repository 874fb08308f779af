package pantheon.night.language.text;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.KeptOrder;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.pattern.EcmaPattern;
import pantheon.night.language.pattern.PatternMatcher;

/**
 * The languages of JSON Schema's formats.
 *
 * <p>Each is what the standard behind the format says, or the part of it that validators agree on: RFC 3339 for dates,
 * times, and durations, RFC 4122 for UUIDs, RFC 5321 for addresses, RFC 1123 for host names, RFC 2673 and 4291 for IP
 * addresses, RFC 3986 for URIs, RFC 6901 for JSON pointers.
 */
public final class Formats {
    private static final String DATE = "(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))"
            + "|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
    private static final String TIME =
            "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?" + "(?:Z|[+-](?:0\\d|1[0-7]):[0-5]\\d)";
    private static final String TIMES = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
    private static final String DURATION =
            "P(?:\\d+W|(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)(?:" + TIMES + ")?|" + TIMES + ")";

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String GROUP = "[0-9A-Fa-f]{1,4}";

    // 253 characters in all: a few long labels, or some more short ones.
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String SHORT_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,28}[A-Za-z0-9])?";
    private static final String HOSTNAME =
            "(?:%s(?:\\.%s){0,2}|%s(?:\\.%s){0,7})".formatted(LABEL, LABEL, SHORT_LABEL, SHORT_LABEL);

    /** Codes of countries that are no domains. */
    private static final Set<String> UNUSED_COUNTRIES = Set.of("BL", "BQ", "EH", "MF", "UM", "SS");

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
    private static final String EMAIL = "%s{1,30}(?:\\.%s{1,16}){0,2}@%s(?:\\.%s){0,4}\\.(?:%s)"
            .formatted(ATOM, ATOM, SHORT_LABEL, SHORT_LABEL, topLevel());

    private static final String ESCAPED = "%[0-9A-Fa-f]{2}";
    private static final String PATH_CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|" + ESCAPED + ")";
    private static final String HOST =
            "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*";
    private static final String AUTHORITY =
            "//(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|" + ESCAPED + ")+@)?(?:" + HOST + "|" + IPV4 + ")(?::\\d{1,5})?";
    private static final String PATH = "(?:/" + PATH_CHARACTER + "*)*";
    private static final String REST = "(?:\\?(?:" + PATH_CHARACTER + "|[/?])*)?(?:#(?:" + PATH_CHARACTER + "|[/?])*)?";
    private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:";
    private static final String URI = SCHEME + "(?:" + AUTHORITY + PATH + "|/(?:" + PATH_CHARACTER + "+" + PATH + ")?|"
            + PATH_CHARACTER + "+" + PATH + ")" + REST;
    private static final String URI_REFERENCE = "(?:" + URI + "|(?:" + AUTHORITY + PATH + "|/(?:" + PATH_CHARACTER + "+"
            + PATH + ")?|(?:[A-Za-z0-9._~!$&'()*+,;=@-]|" + ESCAPED + ")+" + PATH + ")?" + REST + ")";

    private static final String POINTER = "(?:/(?:[^/~]|~[01])*)*";

    private static final String VARIABLE =
            "(?:\\w|%s)(?:\\.?(?:\\w|%s))*(?::[1-9]\\d{0,3}|\\*)?".formatted(ESCAPED, ESCAPED);
    private static final String URI_TEMPLATE = "(?:[^\\p{Cc} \"%<>\\\\^`{|}]|" + ESCAPED + "|\\{[+#./;?&=,!@|]?"
            + VARIABLE + "(?:," + VARIABLE + ")*\\})*";

    private static final Map<String, String> PATTERNS = patterns();
    private static final Map<String, Automaton> MADE = new ConcurrentHashMap<>();

    /** Formats that are their language here, all of it. */
    private static final Set<String> WHOLE =
            Set.of("date", "duration", "uuid", "ipv4", "ipv6", "json-pointer", "relative-json-pointer");

    /** Formats that are asserted, though no grammar holds them. */
    private static final Set<String> TOO_RICH = Set.of("regex", "uri-template", "idn-hostname");

    /** Formats whose language here is a part of what these take. */
    private static final Map<String, PatternMatcher> WIDER = Map.of(
            "hostname", PatternMatcher.of("^(?=.{1,253}$)%s(?:\\.%s)*$".formatted(LABEL, LABEL)),
            "uri-template", PatternMatcher.of("^" + URI_TEMPLATE + "$"));

    private Formats() {}

    private static Map<String, String> patterns() {
        var patterns = new HashMap<String, String>();
        patterns.put("date", DATE);
        patterns.put("time", TIME);
        patterns.put("date-time", DATE + "T" + TIME);
        patterns.put("duration", DURATION);
        patterns.put("uuid", "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
        patterns.put("email", EMAIL);
        patterns.put("idn-email", EMAIL);
        patterns.put("hostname", HOSTNAME);
        patterns.put("ipv4", IPV4);
        patterns.put("ipv6", ipv6());
        patterns.put("uri", URI);
        patterns.put("iri", URI);
        patterns.put("uri-reference", URI_REFERENCE);
        patterns.put("iri-reference", URI_REFERENCE);
        patterns.put("json-pointer", POINTER);
        patterns.put("relative-json-pointer", "(?:0|[1-9]\\d*)(?:#|" + POINTER + ")");
        return KeptOrder.map(patterns);
    }

    /** Top-level domains that every validator knows: the oldest generic ones, and those of countries. */
    private static String topLevel() {
        var countries = Stream.of(Locale.getISOCountries())
                .filter(country -> !UNUSED_COUNTRIES.contains(country))
                .map(country -> country.toLowerCase(Locale.ROOT));
        var generic =
                Stream.of("com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "uk", "eu");
        return Stream.concat(generic, countries).collect(Collectors.joining("|"));
    }

    /** Eight groups, or fewer around one gap; the last two may be an IPv4 address. */
    private static String ipv6() {
        var last = "(?:" + GROUP + ":" + GROUP + "|" + IPV4 + ")";
        var ways = new StringBuilder("(?:" + GROUP + ":){6}" + last);
        for (int before = 0; before <= 7; before++) {
            var gap = (before == 0 ? "" : GROUP + "(?::" + GROUP + "){" + (before - 1) + "}") + "::";
            for (int after = 0; before + after <= 7; after++) {
                ways.append('|').append(gap).append(after == 0 ? "" : endingWith(GROUP, after - 1));
                if (after >= 2) {
                    ways.append('|').append(gap).append(endingWith(IPV4, after - 2));
                }
            }
        }
        return ways.toString();
    }

    private static String endingWith(String last, int groups) {
        return "(?:" + GROUP + ":){" + groups + "}" + last;
    }

    /**
     * All formats that are asserted, those that the drafts from 4 to 2020-12 define; any other one is a note, to a
     * grammar and to validation.
     */
    public static Set<String> names() {
        var names = new TreeSet<>(PATTERNS.keySet());
        names.addAll(TOO_RICH);
        return Collections.unmodifiableSet(names);
    }

    /** Whether a format is asserted, though {@link #language} has none for it. */
    public static boolean isTooRich(String format) {
        return TOO_RICH.contains(format);
    }

    /** What is of a format, where that is decided here, in time by the text's length; empty where a validator knows. */
    public static Optional<Predicate<String>> test(String format) {
        if (format.equals("regex")) {
            return Optional.of(text -> PatternMatcher.refusal(text).isEmpty());
        }
        return WHOLE.contains(format)
                ? language(format).map(language -> text -> Automatons.accepts(language, text))
                : Optional.ofNullable(WIDER.get(format)).map(pattern -> pattern::finds);
    }

    /** A format's language as a pattern; empty for one that is not known here. */
    public static Optional<String> pattern(String format) {
        return Optional.ofNullable(PATTERNS.get(format)).map(pattern -> "^(?:" + pattern + ")$");
    }

    /** Whether an automaton is one of those that {@link #language} gives. */
    public static boolean isOne(Automaton automaton) {
        return MADE.containsValue(automaton);
    }

    /** The strings of a format; empty for one that is not known here. */
    public static Optional<Automaton> language(String format) {
        return pattern(format).map(pattern -> MADE.computeIfAbsent(format, missing -> EcmaPattern.language(pattern)));
    }
}
