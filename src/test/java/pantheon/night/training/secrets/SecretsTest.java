package pantheon.night.training.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.document.Slug;

/** The secrets here are made up, and put together from halves so that no scanner takes this file for a leak. */
final class SecretsTest {
    private static final Secrets SECRETS = new Secrets();

    /** A kind of secret, and one of it. */
    record Example(String kind, String secret) {}

    static List<Example> examples() {
        var a36 = "abcdefghij0123456789ABCDEFGHIJ012345";
        return List.of(
                new Example("aws_access_key", "AK" + "IAQ3EXAMPLE7ABCDEF"),
                new Example("github_token", "gh" + "p_" + a36),
                new Example("github_token", "github" + "_pat_" + a36),
                new Example("gitlab_token", "gl" + "pat-" + a36.substring(0, 20)),
                new Example("anthropic_key", "sk-" + "ant-api03-" + a36),
                new Example("openai_key", "sk-" + "proj-" + a36),
                new Example("google_api_key", "AI" + "za" + a36.substring(0, 35)),
                new Example("google_oauth_token", "ya" + "29." + a36),
                new Example("hugging_face_token", "hf" + "_" + a36),
                new Example("groq_key", "gs" + "k_" + a36 + a36.substring(0, 16)),
                new Example("npm_token", "np" + "m_" + a36),
                new Example("pypi_token", "py" + "pi-AgE" + a36 + a36),
                new Example("slack_token", "xo" + "xb-1234567890-" + a36),
                new Example("stripe_key", "sk" + "_live_" + a36),
                new Example("sendgrid_key", "SG" + ".abcdefghij0123456789ab." + a36),
                new Example(
                        "json_web_token", "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0.abcdefghij0123456789"),
                new Example(
                        "private_key",
                        "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEabc\nxyz=\n-----END " + "RSA PRIVATE KEY-----"),
                new Example("private_key", "-----BEGIN " + "OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void each_kind_is_found_and_taken_out_wherever_it_stands_in_json(Example example) {
        for (var text : List.of(
                Json.quote("see " + example.secret()),
                Json.quote("(" + example.secret() + ")"),
                Json.quote("on a line of its own\n" + example.secret()),
                example.secret().replace("\n", "\\n"),
                Json.quote(Json.quote("twice in JSON " + example.secret())))) {
            var found = SECRETS.find(text);
            assertEquals(List.of(example.kind()), found, text);
            var scrubbed = SECRETS.scrub(text);
            assertEquals(1, scrubbed.secrets(), text);
            assertTrue(scrubbed.text().contains("[removed " + example.kind() + "]"), scrubbed.text());
            assertFalse(scrubbed.text().contains(example.secret().substring(12)), scrubbed.text());
            assertEquals(List.of(), SECRETS.find(scrubbed.text()));
            assertEquals(text.startsWith("\""), scrubbed.text().endsWith("\""), scrubbed.text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AccountKey=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEfGhIjKl==;x, azure_key, AbCdEf",
        "https://user:hunter2hunter2@example.org/a, url_password, hunter2",
        "Authorization: Bearer abcdefghij0123456789xyz, authorization, abcdefghij",
        "password = correct1horse2battery, assigned_secret, correct1",
        "API_KEY: 'a1b2c3d4e5f6', assigned_secret, a1b2c3",
        "client-secret=Zm9vYmFyMTIz, assigned_secret, Zm9v",
        "SECRET_KEY=qK83hf7sdhfkjs92hdkA, assigned_secret, qK83",
        "SECRET_KEY_BASE: qK83hf7sdhfkjs92hdkA, assigned_secret, qK83",
        "secretKey := 'qK83hf7sdhfkjs92hdkA', assigned_secret, qK83",
        "aws_secret_access_key = qK83hf7sdh/fkjs92hdkA, assigned_secret, qK83",
        "token=qK83hf7sdhfkjs92hdkA, assigned_secret, qK83",
        "csrf-token: qK83hf7sdhfkjs92hdkA, assigned_secret, qK83",
        "DB_PWD=hunter2hunter2, assigned_secret, hunter2",
        "root_passwd: hunter2hunter2, assigned_secret, hunter2",
        "private_key = MIIEvgIBADANBgkqhkiG9w0B, assigned_secret, MIIE",
        "access_key_2=qK83hf7sdhfkjs92hdkA, assigned_secret, qK83",
        "access_token: qK83hf7sdhfkjs92hdkA, assigned_secret, qK83"
    })
    void what_is_said_to_be_a_secret_is_taken_out_and_its_name_stays(String text, String kind, String part) {
        var scrubbed = SECRETS.scrub(text);
        assertEquals(1, scrubbed.secrets());
        assertTrue(scrubbed.text().contains("[removed " + kind + "]"), scrubbed.text());
        assertFalse(scrubbed.text().contains(part), scrubbed.text());
        assertEquals(text.substring(0, 6), scrubbed.text().substring(0, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The password is asked for at the prompt.",
                "password: ${DATABASE_PASSWORD}",
                "api_key: <your key here>",
                "secret: change-me-please",
                "token = next_token()",
                "token = base64.b64encode(bytes)",
                "token = tokens_by_name_v2[name]",
                "token_type: bearer",
                "tokenizer = Qwen2TokenizerFast",
                "max_tokens: 4096",
                "eos_token_id: 151643",
                "secret_manager: enabled",
                "secret_name: database-credentials-v1",
                "private_key_file: keys/server-2026.pem",
                "private_key_path = keys/server-2026.pem",
                "token:\n2026-11-23",
                "PWD=/home/user1/project2",
                "pwd: '~/project2/src'",
                "http://localhost:8080/@scope/package",
                "git clone ssh://git@example.org/a.git",
                "Bearer tokens are refused.",
                "basic authentication",
                "task-AKIA-is-a-prefix and AKIAlowercaseletters",
                "sk-toggleable__content-arrow is a style",
                "a risk-assessment-of-2024-and-later-years",
                "eyJ is how many tokens begin",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                "Cookie: a name, an equals sign and a value",
                "cookie: none",
                "The password is asked for; the pass: step 2 of 3",
                "pass: false",
                "secret: |\n  Keep it to yourself.",
                "- name: token_limit\n  value: 4096",
                "A seed is what it begins with, and from it all the others grow in a day or so.",
                "htpasswd -c users ann",
                "useradd -m ann",
                "openssl req -new -key server.key",
                "npm_config_registry and hf_hub_download(repo_id)",
                "sha512-abcdefghij0123456789abcdefghij0123456789==",
                "3f735049388e5e9d23fd0b64e017d1b1a160d321ba414a50d80107dc3a08ff30"
            })
    void what_only_looks_like_one_stays(String text) {
        assertEquals(text, SECRETS.scrub(text).text());
        assertEquals(List.of(), SECRETS.find(text));
    }

    static List<MadeUpSecrets> madeUp() {
        return Stream.of(MadeUpSecrets.tokens(), MadeUpSecrets.inContext(), MadeUpSecrets.keyBlocks())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("madeUp")
    void each_form_is_taken_out_of_text_and_of_json_or_told_to_be_there_in_part(MadeUpSecrets secret) {
        for (var text : List.of(
                Json.quote(secret.text()),
                Json.quote("See:\n\t" + secret.text() + "\nand more."),
                Json.quote(Json.quote(secret.text())))) {
            var scrubbed = SECRETS.scrub(text);
            assertTrue(SECRETS.find(text).contains(secret.kind()), () -> text + SECRETS.find(text));
            assertTrue(
                    !scrubbed.isWhole()
                            || !scrubbed.text()
                                    .contains(Json.quote(secret.value()).replace("\"", "")),
                    scrubbed::text);
            assertTrue(!scrubbed.isWhole() || scrubbed.text().endsWith("\""), scrubbed::text);
            assertEquals(List.of(), SECRETS.find(scrubbed.text()), scrubbed::text);
        }
    }

    static List<MadeUpSecrets> tokens() {
        return MadeUpSecrets.tokens();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void nothing_but_a_letter_or_a_digit_before_a_token_hides_it(MadeUpSecrets token) {
        for (var before :
                List.of("key-", "key_", "KEY__", "/", "%3D", "\\u003d", "\\x3d", "\u001b[31m", "é", "=", "#", "\\n")) {
            assertTrue(SECRETS.find(before + token.text()).contains(token.kind()), before + token);
        }
        assertFalse(
                SECRETS.find("z" + token.text()).contains(token.kind()) && !OTHER_ENDS.contains(token.kind()),
                token::text);
        assertTrue(SECRETS.find(token.text() + "-old").contains(token.kind()), token::text);
    }

    @Test
    void a_token_cut_off_anywhere_behind_anything_is_found_where_its_pattern_alone_finds_it() {
        var patterns = SecretPattern.ALL.stream().filter(SecretPattern::isToken).toList();
        int some = 0;
        int others = 0;
        for (var token : tokens()) {
            for (int cut = 3; cut <= token.text().length(); cut++) {
                for (var before :
                        List.of("", " ", "ta", "9", "m", "[1;31m", "\\n", "\\x1b", "\\u00e9", "%3D", "\\um", "\"")) {
                    var text = before + token.text().substring(0, cut);
                    for (var pattern : patterns) {
                        if (pattern.name().equals(token.kind())) {
                            boolean alone = pattern.pattern().matcher(text).find();
                            assertTrue(!alone || SECRETS.find(text).contains(token.kind()), text);
                            some += alone ? 1 : 0;
                            others += alone ? 0 : 1;
                        }
                    }
                }
            }
        }
        assertTrue(some > 10_000 && others > 10_000, "found %d, not %d".formatted(some, others));
    }

    /** They are known by something in their middle. */
    private static final Set<String> OTHER_ENDS =
            Set.of("telegram_token", "terraform_token", "azure_secret", "private_key", "password_hash", "slack_token");

    @ParameterizedTest
    @MethodSource("tokens")
    void what_a_tool_makes_of_a_token_is_known_again(MadeUpSecrets token) {
        var value = token.value();
        var scrubbed = SECRETS.scrub("See " + value);
        var middle = value.length() / 2;
        var base64 = Base64.getEncoder();
        assertFalse(scrubbed.isKnownFrom("nothing of it"), scrubbed::text);
        for (var made : List.of(
                value,
                Slug.of("Key " + value),
                value.toUpperCase(Locale.ROOT),
                new StringBuilder(value).reverse().toString(),
                value.substring(0, middle) + "\n" + value.substring(middle),
                Json.quote("+" + value.substring(0, middle) + "\n+" + value.substring(middle)),
                value.replaceAll("(.{5})", "$1-"),
                value.replaceAll("(.{4})", "$1\\\\n  12: "),
                value.chars().mapToObj("%%%02x"::formatted).collect(Collectors.joining()),
                value.chars().mapToObj("&#%d;"::formatted).collect(Collectors.joining()),
                base64.encodeToString(value.getBytes(UTF_8)),
                base64.encodeToString(("ann:" + value).getBytes(UTF_8)),
                base64.encodeToString(("me:" + value).getBytes(UTF_8)),
                HexFormat.of().formatHex(value.getBytes(UTF_8)))) {
            assertTrue(scrubbed.isKnownFrom("x " + made + " y"), made);
        }
    }

    @Test
    void a_short_password_is_known_again_as_a_word_and_not_inside_of_others() {
        var scrubbed = SECRETS.scrub("https://ann:hunter2@example.org");
        for (var made : List.of("hunter2", "Hunter2", "the-hunter2-slug", "key_hunter2", "+hunter2")) {
            assertTrue(scrubbed.isKnownFrom(made), made);
        }
        assertFalse(scrubbed.isKnownFrom("thehunter2 hunter22 hunter"));
        assertFalse(SECRETS.scrub("https://ann:secret@example.org").isKnownFrom("a secret"), "a word of all texts");
    }

    /** Texts made of halves and neighbours of secrets, so that many of them nearly are one, and many are. */
    @Test
    void the_one_pass_search_finds_what_each_pattern_alone_finds_and_no_line_end_makes_another() {
        var parts = new ArrayList<>(List.of(
                "AccountKey=",
                "https://",
                "user:hunter2hunter2@",
                "://u:p4ss@h",
                "Bearer ",
                "BASIC ",
                "password",
                "API_KEY",
                "client-secret",
                "auth-token",
                "access_key",
                "passphrase",
                "pwd",
                "private-key",
                "token",
                "SECRET",
                "_KEY",
                "_file",
                " := ",
                "(",
                " = ",
                ": ",
                "\\\"",
                "\\n",
                "\n",
                "2026-11-23",
                "/home/",
                "'",
                "a1b2c3d4e5f6",
                "-",
                "_",
                ".",
                " ",
                "é",
                "\ud83d\ude00",
                "\"",
                "@",
                ":",
                "task-",
                "abcdefghij0123456789ABCDEFGHIJ",
                "-----"));
        for (var example : examples()) {
            var secret = example.secret();
            for (int cut : new int[] {3, 4, 5, 8, secret.length() / 2, secret.length() - 1}) {
                parts.add(secret.substring(0, cut));
                parts.add(secret.substring(cut));
            }
            parts.add(secret);
        }
        var random = new Random(11);
        var found = new TreeMap<String, Integer>();
        for (int i = 0; i < 15_000; i++) {
            var text = new StringBuilder();
            for (int n = 1 + random.nextInt(7); n > 0; n--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            var alone = SecretPattern.ALL.stream()
                    .filter(pattern -> pattern.pattern().matcher(text).find())
                    .map(SecretPattern::name)
                    .distinct()
                    .toList();
            assertEquals(alone, SECRETS.find(text.toString()), text.toString());
            var scrubbed = SECRETS.scrub(text.toString()).text();
            assertFalse(SECRETS.find(Json.quote(scrubbed)).contains("assigned_secret"), text.toString());
            alone.forEach(kind -> found.merge(kind, 1, Integer::sum));
        }
        for (var example : examples()) {
            assertTrue(found.getOrDefault(example.kind(), 0) >= 5, found.toString());
        }
    }

    @Test
    void every_kind_has_an_example_here() {
        var known = SecretPattern.ALL.stream().map(SecretPattern::name).collect(Collectors.toCollection(TreeSet::new));
        var shown = Stream.concat(
                        examples().stream().map(Example::kind),
                        madeUp().stream().map(MadeUpSecrets::kind))
                .collect(Collectors.toSet());
        known.removeAll(shown);
        assertEquals(Set.of(), known);
    }
}
