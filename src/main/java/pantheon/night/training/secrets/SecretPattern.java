package pantheon.night.training.secrets;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of secret by the form in which its issuer documents it. Text is searched as it stands in JSON, so a pattern
 * never runs over the quote that ends a text, and takes an escaped line end for a line end.
 *
 * @param name what replaces it says, for example {@code aws_access_key}
 * @param anchors texts of which each match begins with one, of three characters or more
 * @param followsAnchor whether a match begins behind an anchor instead
 * @param isToken whether it is a token, which stands nowhere that {@link TokenStart} rules out
 * @param isPart whether what is found is only a part of the secret, so that the rest of it cannot be told from other text
 * @param pattern what is taken out; where it has a group, that group alone
 */
record SecretPattern(
        String name, List<String> anchors, boolean followsAnchor, boolean isToken, boolean isPart, Pattern pattern) {
    /**
     * No letter or digit before it, so that the end of a longer word is no secret; but an escape of JSON, of an address or
     * of a terminal ends a word, and so do a hyphen and an underscore.
     */
    static final String START =
            "(?:(?<![A-Za-z0-9])|(?<=\\\\[bfnrt]|%[0-9A-Fa-f]{2}|\\\\[ux][0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\[[0-9;]{0,8}m))";

    static final String END = "(?![A-Za-z0-9])";

    /** Behind a text that is not taken out. */
    static final String AFTER = "(?<=";

    static final String SPACE = "(?:\\s|\\\\{1,7}[bfnrt]){0,3}+";
    static final String QUOTES = "(?:\\\\{0,7}[\"'`*]){0,3}+";

    /** All that are known, each kind by one or several patterns. */
    static final List<SecretPattern> ALL = Stream.of(
                    KeyBlocks.ALL, Tokens.ALL, Addresses.ALL, GivenSecrets.ALL, NamedApart.ALL, CommandLines.ALL)
            .flatMap(List::stream)
            .toList();

    SecretPattern {
        anchors = List.copyOf(anchors);
    }

    static SecretPattern of(String name, String pattern, String... anchors) {
        return new SecretPattern(
                name,
                List.of(anchors),
                pattern.startsWith(AFTER),
                false,
                false,
                Pattern.compile(pattern, Pattern.DOTALL));
    }

    /**
     * What begins as a word does, with one of its anchors, and goes on in characters of tokens.
     *
     * @param pattern what follows the anchor
     */
    static SecretPattern token(String name, String pattern, String... anchors) {
        var beginnings = Stream.of(anchors).map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        // what is seldom there is asked for first
        var whole = "(?=" + beginnings + ")" + START + beginnings + pattern;
        return new SecretPattern(name, List.of(anchors), false, true, false, Pattern.compile(whole, Pattern.DOTALL));
    }

    static SecretPattern ignoringCase(String name, String pattern, String... anchors) {
        return of(name, "(?i:" + pattern + ")", anchors);
    }

    /** What is found only by its end: all before it may belong to it. */
    static SecretPattern part(String name, String pattern, String... anchors) {
        return new SecretPattern(name, List.of(anchors), false, false, true, Pattern.compile(pattern));
    }

    /** What stands in a secret's place. */
    String replacement() {
        return "[removed " + name + "]";
    }

    /** What a secret is known by: itself without what all of its kind begin and end with. */
    String core(String secret) {
        var inner = KeyBlocks.LINES.matcher(secret).replaceAll(" ");
        return anchors.stream()
                .filter(inner::startsWith)
                .findFirst()
                .map(anchor -> inner.substring(anchor.length()))
                .orElse(inner);
    }
}
