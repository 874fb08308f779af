package pantheon.night.training.secrets;

import static pantheon.night.training.secrets.SecretPattern.QUOTES;
import static pantheon.night.training.secrets.SecretPattern.SPACE;

import java.util.List;

/**
 * Secrets that stand apart from the name that says what they are: on the lines below it, in a field beside it, in a header
 * of many values, or as words.
 */
final class NamedApart {
    private static final String NAME =
            "(?:passw(?:or)?d|passphrase|secret|token|(?:api|access|private|auth|encryption|signing|master)[_-]?key)"
                    + "(?:[_-][a-z0-9]{1,20}){0,2}";

    private static final String[] NAMES = {
        "passw", "passphrase", "secret", "token", "api", "access", "private", "auth", "encryption", "signing", "master"
    };

    /** A line end, written as it is or escaped, and the blanks before the next line's text. */
    private static final String LINE = "(?:\\r?\\n|(?:\\\\{1,7}r)?\\\\{1,7}n)[ \\t]{0,40}";

    private static final String CHARS = "[A-Za-z0-9+/=_.~!@#$%^&*-]";

    /** With a letter, and a digit or one of the marks that passwords are made safer with. */
    private static final String VALUE =
            "((?=" + CHARS + "*[A-Za-z])(?=" + CHARS + "*[0-9!@#^&+])" + CHARS + "{6,2000}+)(?![(\\[])";

    private static final String WORDS = "((?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8}+)";

    static final List<SecretPattern> ALL = List.of(
            given(NAME + QUOTES + " {0,3}: {0,3}[|>][0-9+-]{0,2} {0,3}" + LINE + VALUE, NAMES),
            given(
                    NAME + QUOTES + " {0,3},?(?:" + LINE + "|" + SPACE + ")" + QUOTES + "value" + QUOTES + SPACE
                            + "[:=]" + SPACE + QUOTES + VALUE,
                    NAMES),
            given(
                    "pass" + QUOTES + " {0,3}[:=]" + SPACE + QUOTES + VALUE,
                    "pass:",
                    "pass\"",
                    "pass'",
                    "pass\\",
                    "pass ",
                    "pass="),
            SecretPattern.ignoringCase(
                    "cookie",
                    "cookie" + QUOTES + " {0,3}:" + SPACE + QUOTES
                            + "((?=[^\"\\\\\\r\\n]{0,400}=[^;\"\\\\\\s]{0,400}[0-9])[^\\s\"'\\\\][^\"'\\\\\\r\\n]{11,4000}+)",
                    "cookie"),
            SecretPattern.ignoringCase(
                    "seed_phrase",
                    "(?:mnemonic|seed|recovery[ _-]?(?:phrase|words|key))[a-z_ ]{0,20}" + QUOTES + SPACE
                            + "(?::|=|is\\b:?)" + SPACE + QUOTES + WORDS,
                    "mnemonic",
                    "seed",
                    "recovery"));

    private NamedApart() {}

    private static SecretPattern given(String pattern, String... anchors) {
        return SecretPattern.ignoringCase("assigned_secret", pattern, anchors);
    }
}
