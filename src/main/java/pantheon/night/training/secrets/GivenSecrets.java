package pantheon.night.training.secrets;

import static pantheon.night.training.secrets.SecretPattern.QUOTES;
import static pantheon.night.training.secrets.SecretPattern.SPACE;

import java.util.List;

/** Values that are secret since they are given to a name that says so: in settings, headers, environments, files of logins. */
final class GivenSecrets {
    /** An equals sign or colon, a cell of a table, an element, or plain English. */
    private static final String ASSIGNED = QUOTES + SPACE
            + "(?:::?=?|:?=>?|\\|(?=[^|()\n\\\\]{6,200}\\|)|>|(?:is|was)\\b:?)" + SPACE + QUOTES + SPACE + QUOTES;

    /** What goes on in longer names; what ends in {@code _file} and the like says where the secret is. */
    private static final String MORE = "(?:[_-](?!(?:file|path|name|type)\\b)[a-z0-9]{1,20}){0,2}";

    /** A shell's {@code PWD} is a folder. */
    private static final String PASSWORD =
            "(?:passw(?:or)?d|passwort|passphrase|passcode|sshpass|pwd(?!" + ASSIGNED + "[/~]))" + MORE;

    private static final String KEY =
            "(?:(?:api|app|application|access|private|auth|account|encryption|signing|master|shared)[_-]?key)";

    private static final String NAME = "(?:secret(?:key)?|" + KEY + "|token|credentials?|rediscli_auth)" + MORE;

    /** Not the name of a function that is called, nor of a list that is looked into. */
    private static final String NOT_CODE = "(?![(\\[])";

    private static final String CHARS = "[A-Za-z0-9+/=_.~!@#$%^&*-]";
    private static final String MIXED = "(?=" + CHARS + "*[0-9])(?=" + CHARS + "*[A-Za-z])";

    /** With a digit or one of the marks that passwords are made safer with. */
    private static final String MARKED = "(?=" + CHARS + "*[A-Za-z])(?=" + CHARS + "*[0-9!@#^&+])";

    /** What stands for a secret in examples. */
    private static final String NO_EXAMPLE =
            "(?!(?i:your|change|example|my[_-]|placeholder|redacted|removed|secret|passw|token|true|false|none|null|x{3}))";

    private static final String[] PASSWORDS = {"passw", "passphrase", "passcode", "sshpass", "pwd"};
    private static final String[] NAMES = {
        "secret",
        "api",
        "app",
        "access",
        "private",
        "auth",
        "account",
        "encryption",
        "signing",
        "master",
        "shared",
        "token",
        "credential",
        "rediscli_auth"
    };

    /** What stands between a name and a value in quotes where that is no sign alone: a type, an index, a call, an attribute. */
    private static final String QUOTED =
            "(?:\\\\{0,7}[\"'`])?\\]?(?:" + SPACE + ":" + SPACE + "&?[a-z]{1,12}" + SPACE + "="
                    + "|" + SPACE + "(?:[=,(]|<-|by\\b|>?<!\\[cdata\\[|,?" + SPACE + QUOTES + "value" + QUOTES + SPACE
                    + "[:=])|" + "\\s)" + SPACE
                    + "(?:\\\\{0,7}[\"']|(?<=cdata\\[))" + NO_EXAMPLE
                    + "((?=[^\"'\\\\\\s]*[0-9])(?=[^\"'\\\\\\s]*[a-z])[A-Za-z0-9+/=_.~!@#%^&*-]{8,200})(?:\\\\{0,7}[\"']|\\])";

    static final List<SecretPattern> ALL = List.of(
            SecretPattern.ignoringCase("assigned_secret", PASSWORD + QUOTED, PASSWORDS),
            SecretPattern.ignoringCase("assigned_secret", "identified" + QUOTED, "identified"),
            SecretPattern.ignoringCase("assigned_secret", "(?:secret|" + KEY + "|token)" + MORE + QUOTED, NAMES),
            SecretPattern.ignoringCase(
                    "assigned_secret",
                    "(?:env|setenv|set -x|#define|configure set) [a-z0-9_]{0,40}(?:passw(?:or)?d|secret|token|key)"
                            + MORE + " {1,8}" + "(" + MIXED + CHARS + "{8,400}+)",
                    "env ",
                    "setenv ",
                    "set -x ",
                    "#define ",
                    "configure set "),
            SecretPattern.ignoringCase(
                    "authorization", "(?:bearer|basic)\\s{1,3}([A-Za-z0-9+/=_.~-]{20,})", "bearer", "basic"),
            SecretPattern.ignoringCase(
                    "authorization",
                    "authorization" + ASSIGNED + "(?:[a-z-]{2,20} {1,3}" + QUOTES
                            + ")?((?-i:(?=[A-Za-z+/=_.~:-]*(?:[0-9]|[a-z][A-Z]))[A-Za-z0-9+/=_.~:-]{6,2000}))",
                    "authorization"),
            SecretPattern.ignoringCase(
                    "assigned_secret", PASSWORD + ASSIGNED + "(" + MARKED + CHARS + "{6,200}+)" + NOT_CODE, PASSWORDS),
            SecretPattern.ignoringCase(
                    "assigned_secret", NAME + ASSIGNED + "(" + MIXED + CHARS + "{8,2000}+)" + NOT_CODE, NAMES),
            SecretPattern.ignoringCase(
                    "assigned_secret",
                    PASSWORD + "\\\\{0,7}[\"'`]?" + SPACE + "[:=]>?" + SPACE
                            + "\\\\{0,7}[\"'`]((?=[^\"'`\\\\]*[0-9])(?=[^\"'`\\\\]*[a-z])[^\"'`\\\\\\s$<{][^\"'`\\\\\\s]{5,200})\\\\{0,7}[\"'`]",
                    PASSWORDS),
            SecretPattern.of(
                    "assigned_secret",
                    "(?:PASSW(?:OR)?D|PASS|PWD|SECRET|TOKEN|REDISCLI_AUTH)=\\\\{0,7}[\"']?" + NO_EXAMPLE
                            + "([^\\s\"'`\\\\$<>{}()\\[\\]|;&/~*.][^\\s\"'`\\\\$<>{}()\\[\\]|;&]{5,400})",
                    "PASSW",
                    "PASS=",
                    "PWD=",
                    "SECRET=",
                    "TOKEN=",
                    "REDISCLI_AUTH="),
            SecretPattern.ignoringCase(
                    "assigned_secret",
                    "machine" + SPACE + "\\S{1,200}" + SPACE + "login" + SPACE + "\\S{1,100}" + SPACE + "password"
                            + SPACE + "([^\\s\"\\\\\\[][^\\s\"\\\\]{2,200})",
                    "machine"),
            SecretPattern.of(
                    "assigned_secret",
                    "_?auth\\\\{0,7}\"?" + SPACE + "[:=]" + SPACE
                            + "\\\\{0,7}\"?((?=[A-Za-z+/]*(?:[0-9]|[a-z][A-Z]))[A-Za-z0-9+/]{8,200}={0,2})"
                            + "(?![A-Za-z0-9_.(\\[-])",
                    "_auth",
                    "auth\"",
                    "auth\\"),
            SecretPattern.of("okta_token", "SSWS ([A-Za-z0-9_-]{12,80})", "SSWS "));

    private GivenSecrets() {}
}
