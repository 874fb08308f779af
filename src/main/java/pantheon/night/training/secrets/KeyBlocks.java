package pantheon.night.training.secrets;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Private keys as files hold them, of any length, also indented, escaped, or cut off before their end: RFC 7468 and its
 * kin of OpenSSL, OpenSSH and OpenPGP, PuTTY's own files, keys of age, JSON Web Keys (RFC 7517).
 */
final class KeyBlocks {
    private static final String LABEL = " ?[A-Z0-9 +%_]{0,60}PRIVATE(?: |\\+|_|%20)KEY(?:(?: |\\+|_|%20)BLOCK)? ?";

    /** The end of the text as JSON has it: a quote before which no backslash stands, or two of them. */
    private static final String TEXT_END = "(?:(?=\")(?<=(?<!\\\\)(?:\\\\\\\\){0,4})|\\z)";

    private static final String PEM_END = "-----END" + LABEL + "-----|---- END" + LABEL + "----";

    /** What stands around a key. */
    static final Pattern LINES = Pattern.compile("----(?:-| )(?:BEGIN|END)" + LABEL + "-?----");

    static final List<SecretPattern> ALL = List.of(
            SecretPattern.of(
                    "private_key",
                    "(?:-----|---- )BEGIN" + LABEL + "-?----.*?(?:" + PEM_END + "|" + TEXT_END + ")",
                    "-----BEGIN",
                    "---- BEGIN"),
            SecretPattern.part("private_key", "-----END" + LABEL + "-----", "-----END"),
            SecretPattern.of(
                    "private_key",
                    "PuTTY-User-Key-File-.*?(?:Private-(?:MAC|Hash): [0-9a-f]{8,128}|" + TEXT_END + ")",
                    "PuTTY-User-Key-File-"),
            SecretPattern.part("private_key", "Private-(?:MAC|Lines): [0-9a-f]{1,128}", "Private-MAC", "Private-Lines"),
            SecretPattern.of("private_key", "LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[A-Za-z0-9+/=_-]{20,}+", "LS0tLS1CRUdJTi"),
            SecretPattern.of("private_key", "(?i:AGE-SECRET-KEY-1[A-Z0-9]{12,})", "AGE-SECRET-KEY-1"),
            SecretPattern.of(
                    "private_key", "\"d\\\\{0,7}\"\\s{0,3}:\\s{0,3}\\\\{0,7}\"([A-Za-z0-9_-]{30,})", "\"d\"", "\"d\\"));

    private KeyBlocks() {}
}
