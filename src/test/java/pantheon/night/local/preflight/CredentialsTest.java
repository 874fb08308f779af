package pantheon.night.local.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import pantheon.night.local.Finding;

/** Credentials of every kind are found, by real files and variables, and never told. */
final class CredentialsTest {
    private static final Finding NONE = new Finding(true, "none");
    private static final String SECRET = "sesame-0123456789-opens-nothing";

    @TempDir
    private Path home;

    /** A file with a credential in it, and the same without. */
    record Sample(String file, String with, String without) {}

    private static final String ANY = "";

    static final List<Sample> SAMPLES = List.of(
            new Sample(".codex/auth.json", "{\"OPENAI_API_KEY\": \"%s\"}", "{\"OPENAI_API_KEY\": null}"),
            new Sample(".config/shell_gpt/.sgptrc", "OPENAI_API_KEY=%s", "OPENAI_API_KEY=\nMODEL=x"),
            new Sample(".claude/.credentials.json", "{\"accessToken\": \"%s\"}", "{}"),
            new Sample(".claude.json", "{\"primaryApiKey\": \"%s\"}", "{\"theme\": \"dark\"}"),
            new Sample(".anthropic/api_key", "%s", ANY),
            new Sample(".vibe/.env", "MISTRAL_API_KEY=%s", "MISTRAL_API_KEY="),
            new Sample(".config/gcloud/application_default_credentials.json", "{\"refresh_token\": \"%s\"}", ANY),
            new Sample(".config/gcloud/credentials.db", "%s", ANY),
            new Sample(".config/gcloud/access_tokens.db", "%s", ANY),
            new Sample(".gemini/oauth_creds.json", "{\"access_token\": \"%s\"}", ANY),
            new Sample(".gemini/.env", "GEMINI_API_KEY=%s", "OTHER=1"),
            new Sample(".boto", "[Credentials]\ngs_secret_access_key = %s", "[Boto]\nhttps_validate = True"),
            new Sample(".azure/msal_token_cache.json", "{\"secret\": \"%s\"}", "{}"),
            new Sample(".azure/msal_token_cache.bin", "%s", ANY),
            new Sample(".azure/accessTokens.json", "[{\"accessToken\": \"%s\"}]", "[]"),
            new Sample(".azure/service_principal_entries.json", "[{\"client_secret\": \"%s\"}]", "[]"),
            new Sample(".azure/service_principal_entries.bin", "%s", ANY),
            new Sample(".aws/credentials", "[default]\naws_secret_access_key = %s", "[default]\n"),
            new Sample(".aws/config", "[default]\ncredential_process = %s", "[default]\nregion = eu-central-1"),
            new Sample(".aws/sso/cache/a1.json", "{\"accessToken\": \"%s\"}", "{}"),
            new Sample(".aws/cli/cache/a1.json", "{\"SecretAccessKey\": \"%s\"}", "{}"),
            new Sample(".cache/huggingface/token", "%s", ANY),
            new Sample(".cache/huggingface/stored_tokens", "[a]\nhf_token = %s", "[a]\n"),
            new Sample(".huggingface/token", "%s", ANY),
            new Sample(".cohere/credentials", "%s", ANY),
            new Sample(".groq/local-settings.json", "{\"groqApiKey\": \"%s\"}", "{\"groqApiKey\": \"\"}"),
            new Sample(".local/share/opencode/auth.json", "{\"openrouter\": {\"key\": \"%s\"}}", "{}"),
            new Sample(".config/io.datasette.llm/keys.json", "{\"openrouter\": \"%s\"}", "{\"// Note\": \"x\"}"),
            new Sample(".aider.conf.yml", "openai-api-key: %s", "dark-mode: true"),
            new Sample(".config/gh/hosts.yml", "github.com:\n    oauth_token: %s", "github.com:\n    user: me"),
            new Sample(".config/github-copilot/hosts.json", "{\"oauth_token\": \"%s\"}", "{}"),
            new Sample(".config/github-copilot/apps.json", "{\"oauth_token\": \"%s\"}", "{}"),
            new Sample(".git-credentials", "https://me:%s@localhost", ANY),
            new Sample(".config/git/credentials", "https://me:%s@localhost", ANY),
            new Sample(".config/glab-cli/config.yml", "hosts:\n  x:\n    token: %s", "hosts:\n  x:\n    token:"),
            new Sample(".npmrc", "//localhost/:_authToken=%s", "registry=http://localhost\n# _authToken=x"),
            new Sample(".pypirc", "[pypi]\npassword = %s", "[pypi]\nusername = me"),
            new Sample(".cargo/credentials.toml", "[registry]\ntoken = \"%s\"", "[registry]\n"),
            new Sample(".cargo/credentials", "[registry]\ntoken = \"%s\"", "[registry]\n"),
            new Sample(".docker/config.json", "{\"auths\": {\"x\": {\"auth\": \"%s\"}}}", "{\"auths\": {\"x\": {}}}"),
            new Sample(".config/containers/auth.json", "{\"auths\": {\"x\": {\"auth\": \"%s\"}}}", "{\"auths\": {}}"),
            new Sample(".kube/config", "users:\n- user:\n    token: %s", "users: []\nclusters: []"),
            new Sample(".netrc", "machine x login me password %s", "machine x login me"),
            new Sample("_netrc", "machine x login me password %s", "machine x login me"),
            new Sample(".vault-token", "%s", ANY),
            new Sample(".terraform.d/credentials.tfrc.json", "{\"credentials\": {\"x\": {\"token\": \"%s\"}}}", "{}"));

    private Finding files(Map<String, String> environment) {
        return new CredentialFiles(home, environment).look();
    }

    private Path file(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void a_file_with_a_credential_is_told_and_one_without_is_not(Sample sample) throws IOException {
        file(sample.file(), sample.without());
        assertEquals(NONE, files(Map.of()));
        var file = file(sample.file(), sample.with().formatted(SECRET));
        var found = files(Map.of());
        assertFalse(found.holds());
        assertTrue(found.found().startsWith(file + " ("), found.found());
        assertFalse(found.found().contains(SECRET));
    }

    @Test
    void every_place_below_home_has_a_sample() {
        var places = CredentialFiles.PLACES.stream()
                .filter(place -> !place.place().isEmpty() && !place.place().startsWith("/"))
                .map(place -> place.place() + (place.file().isEmpty() ? "" : "/" + place.file()))
                .collect(Collectors.toSet());
        assertEquals(
                places,
                SAMPLES.stream()
                        .map(sample -> sample.file().replace("a1.json", "*.json"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_variable_leads_to_files_elsewhere() throws IOException {
        var one = file("elsewhere/one", "token: " + SECRET);
        var two = file("elsewhere/two", "users: []");
        assertEquals(NONE, files(Map.of("KUBECONFIG", two.toString())));
        var found = files(Map.of("KUBECONFIG", two + ":" + one));
        assertEquals(new Finding(false, one + " (Kubernetes)"), found);
        var docker = file("elsewhere/config.json", "{\"credsStore\": \"desktop\"}");
        assertEquals(
                new Finding(false, docker + " (Docker)"),
                files(Map.of("DOCKER_CONFIG", home.resolve("elsewhere").toString())));
    }

    @Test
    void what_is_no_regular_file_is_passed_by_and_what_is_too_large_is_told() throws IOException {
        Files.createDirectories(home.resolve(".netrc"));
        assertEquals(NONE, files(Map.of()));
        var large = file(".vault-token", "\n".repeat((1 << 20) + 1));
        assertEquals(new Finding(false, large + " (Vault, too large to be looked into)"), files(Map.of()));
    }

    @Test
    void every_known_variable_is_told_with_its_owner_and_an_empty_one_is_not() {
        Variables.CREDENTIALS.forEach((owner, names) -> names.forEach(name -> {
            var found = new Variables(Map.of(name, SECRET)).credentials();
            assertEquals(new Finding(false, name + " (" + owner + ")"), found);
            assertEquals(NONE, new Variables(Map.of(name, " ")).credentials());
        }));
    }

    @Test
    void variables_are_known_by_their_endings_and_by_what_they_hold() {
        assertEquals(
                new Finding(false, "DEEPSEEK_API_KEY (by its name)"),
                new Variables(Map.of("DEEPSEEK_API_KEY", SECRET)).credentials());
        assertEquals(
                new Finding(false, "HARMLESS (a token of GitHub)"),
                new Variables(Map.of("HARMLESS", "x ghp_" + "a1".repeat(18))).credentials());
        assertEquals(
                NONE,
                new Variables(Map.of(
                                "PATH",
                                "/usr/bin",
                                "SSL_CERT_FILE",
                                "/x",
                                "AWS_CA_BUNDLE",
                                "/x",
                                "AWS_REGION",
                                "x",
                                "TOKENIZERS_PARALLELISM",
                                "true",
                                "XDG_ACTIVATION_TOKEN",
                                "x"))
                        .credentials());
    }

    @ParameterizedTest
    @CsvSource({
        "sk-ant-api03-abcdefghijklmnopqrstu, true",
        "AKIAABCDEFGHIJKLMNOP, true",
        "AIzaabcdefghijklmnopqrstuvwxyz012345678, true",
        "hf_abcdefghijklmnopqrstuvwxyzABCDEF, true",
        "gsk_abcdefghijklmnopqrstuv, true",
        "npm_abcdefghijklmnopqrstuvwxyz0123456789, true",
        "glpat-abcdefghijklmnopqrst, true",
        "xoxb-0123456789-abc, true",
        "-----BEGIN OPENSSH PRIVATE KEY-----, true",
        "https://me:secret@localhost/, true",
        "--api-key=x, true",
        "-Dopenai.api.key=x, true",
        "--password, true",
        "-Dhttp.proxyHost=x, true",
        "--proxy=x, true",
        "https://localhost/a:b, false",
        "risk-free-and-easy-going-all-day, false",
        "--keep-going, false",
        "-Dpantheon.night.home=/x, false",
        "--config, false"
    })
    void arguments_are_told_by_their_number(String argument, boolean told) {
        var found = new Arguments(List.of("java", argument)).secrets();
        assertEquals(!told, found.holds(), found.found());
        assertEquals(told, found.found().startsWith("argument 1 ("), found.found());
        assertFalse(found.found().contains("abcdefghij"));
    }

    @Test
    void what_loads_code_is_told() {
        Variables.INJECTIONS.forEach(name -> {
            assertEquals(List.of(name), new Variables(Map.of(name, "x")).injections());
            assertEquals(List.of(), new Variables(Map.of(name, "")).injections());
        });
        assertEquals(
                List.of("-javaagent", "-agentpath"),
                new Arguments(List.of("-javaagent:/x.jar", "-agentpath:/x.so", "-XX:+UseSerialGC", "-cp", "/lib/*"))
                        .injections());
    }

    @Test
    void proxies_are_told_in_any_case_and_exceptions_are_none() {
        for (var name : Variables.PROXIES) {
            assertFalse(new Variables(Map.of(name, "x")).proxies(Map.of()).holds(), name);
            assertFalse(
                    new Variables(Map.of(name.toLowerCase(java.util.Locale.ROOT), "x"))
                            .proxies(Map.of())
                            .holds(),
                    name);
        }
        for (var name : Variables.PROXY_PROPERTIES) {
            assertFalse(new Variables(Map.of()).proxies(Map.of(name, "true")).holds(), name);
        }
        assertEquals(
                NONE, new Variables(Map.of("no_proxy", "x")).proxies(Map.of("java.net.useSystemProxies", "false")));
    }

    @Test
    void each_telemetry_switch_is_asked_for() {
        var environment = Map.of("ORT_DISABLE_TELEMETRY", "1");
        var properties = Map.of("OPT_OUT_TRACKING", "true", "ai.djl.offline", "true");
        assertTrue(new Variables(environment).telemetry(properties).holds());
        for (var name : Set.of("OPT_OUT_TRACKING", "ai.djl.offline")) {
            var without = properties.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(name))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            assertEquals(new Finding(false, name + " not set"), new Variables(environment).telemetry(without));
        }
        assertEquals(
                new Finding(false, "ORT_DISABLE_TELEMETRY not set"), new Variables(Map.of()).telemetry(properties));
    }

    @Test
    void the_documentation_lists_every_variable_and_every_file() throws IOException {
        var docs = Files.readString(Path.of("docs/configuration.md"));
        Variables.CREDENTIALS.values().forEach(names -> names.forEach(name -> assertListed(docs, name)));
        List.of(Variables.ENDINGS, Variables.PROXIES, Variables.PROXY_PROPERTIES, Variables.INJECTIONS)
                .forEach(names -> names.forEach(name -> assertListed(docs, name)));
        for (var place : CredentialFiles.PLACES) {
            var path = place.place().isEmpty() ? "$" + place.variable() : place.place();
            assertListed(docs, path + (place.file().isEmpty() ? "" : "/" + place.file()));
        }
    }

    private static void assertListed(String docs, String name) {
        assertTrue(docs.contains("`" + name + "`"), name + " is not in docs/configuration.md");
    }
}
