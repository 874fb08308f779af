package pantheon.night.training.secrets;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A kind of secret by the form in which its issuer documents it. Text is searched as it stands in JSON, so a pattern
 * never runs over a quote, and takes an escaped line end for a line end.
 *
 * @param name what replaces it says, for example {@code aws_access_key}
 * @param anchors texts of which each match begins with one
 * @param followsAnchor whether a match begins behind an anchor instead
 * @param pattern what is taken out; where it has a group, that group alone
 */
record SecretPattern(String name, List<String> anchors, boolean followsAnchor, Pattern pattern) {
    /** Nothing of a word before it but an escaped line end or tab, so that the end of a longer word is no secret. */
    private static final String START = "(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))";

    /** Behind a text that is not taken out. */
    private static final String AFTER = "(?<=";

    private static final String END = "(?![A-Za-z0-9_-])";

    private static final String SPACE = "(?:\\s|\\\\{1,7}[bfnrt]){0,3}+";
    private static final String QUOTES = "(?:\\\\{0,7}[\"']){0,3}+";
    private static final String ASSIGNED = QUOTES + SPACE + ":?[:=]" + SPACE + QUOTES;

    /**
     * A name to which secrets are assigned, with what follows it in longer ones ({@code SECRET_KEY_BASE}). A shell's
     * {@code PWD} is a folder, and what ends in {@code _file} and the like says where the secret is.
     */
    private static final String NAME = "(?:passw(?:or)?d|passphrase|secret(?:key)?|(?:api|access|private)[_-]?key|token"
            + "|pwd(?!" + ASSIGNED + "[/~]))(?:[_-](?!(?:file|path|name|type)\\b)[a-z0-9]{1,20}){0,2}";

    /** Not the name of a function that is called, nor of a list that is looked into. */
    private static final String NOT_CODE = "(?![(\\[])";

    static final List<SecretPattern> ALL = List.of(
            of(
                    "private_key",
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^\"]{0,8000}?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?=\\\\{0,8}\")|$)",
                    "-----BEGIN "),
            of("aws_access_key", START + "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}" + END, "AKIA", "ASIA", "ABIA", "ACCA"),
            of(
                    "github_token",
                    START + "(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{22,255})",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_"),
            of(
                    "gitlab_token",
                    START + "gl(?:pat|dt|rt|ft|soat)-[A-Za-z0-9_-]{20,255}",
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "glft-",
                    "glsoat-"),
            of("anthropic_key", START + "sk-ant-[A-Za-z0-9_-]{24,200}", "sk-ant-"),
            of("openai_key", START + "sk-(?!ant-)(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,200}", "sk-"),
            of("google_api_key", START + "AIza[A-Za-z0-9_-]{35}" + END, "AIza"),
            of(
                    "google_oauth_token",
                    START + "(?:ya29\\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{28})",
                    "ya29.",
                    "GOCSPX-"),
            of("hugging_face_token", START + "hf_[A-Za-z0-9]{30,100}", "hf_"),
            of("groq_key", START + "gsk_[A-Za-z0-9]{40,100}", "gsk_"),
            of("npm_token", START + "npm_[A-Za-z0-9]{36}" + END, "npm_"),
            of("pypi_token", START + "pypi-AgE[A-Za-z0-9_-]{40,300}", "pypi-AgE"),
            of(
                    "slack_token",
                    START + "xox[abeoprs]-[A-Za-z0-9-]{10,250}",
                    "xoxa-",
                    "xoxb-",
                    "xoxe-",
                    "xoxo-",
                    "xoxp-",
                    "xoxr-",
                    "xoxs-"),
            of(
                    "stripe_key",
                    START + "[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}",
                    "sk_live_",
                    "sk_test_",
                    "rk_live_",
                    "rk_test_"),
            of("sendgrid_key", START + "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}", "SG."),
            of("azure_key", AFTER + "AccountKey=)[A-Za-z0-9+/=]{40,120}", "AccountKey="),
            of("json_web_token", START + "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}", "eyJ"),
            of("url_password", AFTER + "://)[^\\s\"'/@:<>\\\\]{0,80}:([^\\s\"'/@:<>\\\\]{3,200})@", "://"),
            ignoringCase("authorization", "(?:bearer|basic)\\s{1,3}([A-Za-z0-9+/=_.~-]{20,})", "bearer", "basic"),
            ignoringCase(
                    "assigned_secret",
                    NAME
                            + ASSIGNED
                            + "((?=[A-Za-z0-9+/=_.~!@#$%^&*-]*[0-9])(?=[A-Za-z0-9+/=_.~!@#$%^&*-]*[A-Za-z])[A-Za-z0-9+/=_.~!@#$%^&*-]{8,200}+)"
                            + NOT_CODE,
                    "passw",
                    "passphrase",
                    "pwd",
                    "secret",
                    "api",
                    "access",
                    "private",
                    "token"));

    private static SecretPattern of(String name, String pattern, String... anchors) {
        return new SecretPattern(name, List.of(anchors), pattern.startsWith(AFTER), Pattern.compile(pattern));
    }

    private static SecretPattern ignoringCase(String name, String pattern, String... anchors) {
        return new SecretPattern(name, List.of(anchors), false, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    /** What stands in a secret's place. */
    String replacement() {
        return "[removed " + name + "]";
    }
}
