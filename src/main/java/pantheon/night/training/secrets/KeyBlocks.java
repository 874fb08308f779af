package pantheon.night.training.secrets;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Private keys as files hold them, of any length, also indented, escaped, or cut off before their end: RFC 7468 and its
 * kin of OpenSSL, OpenSSH and OpenPGP, PuTTY's own files, keys of age, OpenVPN, minisign and signify, JSON Web Keys
 * (RFC 7518), and RSA keys as .NET writes them in XML.
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
                    "private_key",
                    "-----BEGIN OpenVPN Static key V[0-9]-----.*?(?:-----END OpenVPN Static key V[0-9]-----|" + TEXT_END
                            + ")",
                    "-----BEGIN OpenVPN"),
            SecretPattern.of("private_key", "RWR(?:TY0Iy|CSw|DSw)[A-Za-z0-9+/=]{40,}+", "RWRTY0Iy", "RWRCSw", "RWRDSw"),
            SecretPattern.of(
                    "private_key",
                    "\"(?:d|p|q|dp|dq|qi|k)\\\\{0,7}\"\\s{0,3}:\\s{0,3}\\\\{0,7}\"((?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{30,})",
                    members("d", "p", "q", "dp", "dq", "qi", "k")),
            SecretPattern.of(
                    "private_key",
                    "<(?:D|P|Q|DP|DQ|InverseQ)>((?:[A-Za-z0-9+/=\\s]|\\\\{1,7}[rn]){30,}+)<",
                    "<D>",
                    "<P>",
                    "<Q>",
                    "<DP>",
                    "<DQ>",
                    "<InverseQ>"));

    /** Names of a JSON object's members, their last quote plain or escaped. */
    private static String[] members(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of("\"" + name + "\"", "\"" + name + "\\"))
                .toArray(String[]::new);
    }

    private KeyBlocks() {}
}
