package pantheon.night.local.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import pantheon.night.local.Finding;

/**
 * An environment, looked through for what should not be there. Only names are ever told, never a value. A variable that
 * is set to nothing counts as not set.
 */
final class Variables {
    /** Whose credential → the variables that its tools and libraries read. */
    static final Map<String, List<String>> CREDENTIALS = Map.ofEntries(
            Map.entry("OpenAI", List.of("OPENAI_API_KEY", "OPENAI_ADMIN_KEY")),
            Map.entry("Anthropic", List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN")),
            Map.entry("Mistral", List.of("MISTRAL_API_KEY")),
            Map.entry(
                    "Google",
                    List.of(
                            "GEMINI_API_KEY",
                            "GOOGLE_API_KEY",
                            "GOOGLE_APPLICATION_CREDENTIALS",
                            "GOOGLE_CREDENTIALS",
                            "GOOGLE_OAUTH_ACCESS_TOKEN",
                            "CLOUDSDK_AUTH_ACCESS_TOKEN")),
            Map.entry(
                    "Azure",
                    List.of(
                            "AZURE_API_KEY",
                            "AZURE_OPENAI_API_KEY",
                            "AZURE_CLIENT_SECRET",
                            "AZURE_CLIENT_CERTIFICATE_PATH",
                            "AZURE_FEDERATED_TOKEN_FILE",
                            "AZURE_PASSWORD",
                            "AZURE_STORAGE_KEY",
                            "AZURE_STORAGE_CONNECTION_STRING",
                            "AZURE_DEVOPS_EXT_PAT")),
            Map.entry(
                    "AWS",
                    List.of(
                            "AWS_ACCESS_KEY_ID",
                            "AWS_SECRET_ACCESS_KEY",
                            "AWS_SESSION_TOKEN",
                            "AWS_BEARER_TOKEN_BEDROCK",
                            "AWS_WEB_IDENTITY_TOKEN_FILE",
                            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                            "AWS_CONTAINER_AUTHORIZATION_TOKEN")),
            Map.entry(
                    "Hugging Face",
                    List.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_TOKEN", "HUGGINGFACEHUB_API_TOKEN")),
            Map.entry("Cohere", List.of("COHERE_API_KEY", "CO_API_KEY")),
            Map.entry("Groq", List.of("GROQ_API_KEY")),
            Map.entry("OpenRouter", List.of("OPENROUTER_API_KEY")),
            Map.entry(
                    "GitHub",
                    List.of(
                            "GITHUB_TOKEN",
                            "GH_TOKEN",
                            "GITHUB_PAT",
                            "GH_ENTERPRISE_TOKEN",
                            "GITHUB_ENTERPRISE_TOKEN",
                            "COPILOT_GITHUB_TOKEN")),
            Map.entry("GitLab", List.of("GITLAB_TOKEN", "CI_JOB_TOKEN")),
            Map.entry("npm", List.of("NPM_TOKEN", "NODE_AUTH_TOKEN", "NPM_CONFIG__AUTH", "NPM_CONFIG__AUTHTOKEN")),
            Map.entry("PyPI", List.of("TWINE_PASSWORD", "UV_PUBLISH_TOKEN")),
            Map.entry("crates.io", List.of("CARGO_REGISTRY_TOKEN")),
            Map.entry("Docker", List.of("DOCKER_AUTH_CONFIG", "DOCKER_PASSWORD")),
            Map.entry("Kubernetes", List.of("KUBE_TOKEN")),
            Map.entry("Vault", List.of("VAULT_TOKEN")),
            Map.entry("an SSH agent", List.of("SSH_AUTH_SOCK")));

    /** Endings that name a credential, of a provider who is not listed. */
    static final List<String> ENDINGS = List.of(
            "_API_KEY",
            "_APIKEY",
            "_API_TOKEN",
            "_ACCESS_KEY",
            "_ACCESS_TOKEN",
            "_AUTH_TOKEN",
            "_CLIENT_SECRET",
            "_SECRET_KEY",
            "_SESSION_TOKEN");

    /** Variables by which a library is told a way out, in any case. */
    static final List<String> PROXIES = List.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "FTP_PROXY",
            "SOCKS_PROXY",
            "GRPC_PROXY",
            "RSYNC_PROXY",
            "NPM_CONFIG_PROXY",
            "NPM_CONFIG_HTTPS_PROXY");

    /** Properties of the JVM that do the same. */
    static final List<String> PROXY_PROPERTIES = List.of(
            "http.proxyHost", "https.proxyHost", "ftp.proxyHost", "socksProxyHost", "java.net.useSystemProxies");

    /** Variables that load code into this process, or into a JVM. */
    static final List<String> INJECTIONS = List.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_AOT_VM_OPTIONS",
            "IBM_JAVA_OPTIONS",
            "OPENJ9_JAVA_OPTIONS",
            "LD_PRELOAD",
            "LD_AUDIT",
            "LD_LIBRARY_PATH",
            "LD_PROFILE",
            "GCONV_PATH");

    private static final Pattern TRUE = Pattern.compile("1|true", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
        this.environment.values().removeIf(String::isBlank);
    }

    /** Those that hold a credential, or lead to an agent that does, with whose it is. */
    Finding credentials() {
        var found = new ArrayList<String>();
        environment.forEach((name, value) ->
                credential(name, value).ifPresent(whose -> found.add("%s (%s)".formatted(name, whose))));
        return Finding.none(found);
    }

    private static Optional<String> credential(String name, String value) {
        var upper = name.toUpperCase(Locale.ROOT);
        var owner = CREDENTIALS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(upper))
                .map(Map.Entry::getKey)
                .findFirst();
        if (owner.isPresent()) {
            return owner;
        }
        return ENDINGS.stream().anyMatch(upper::endsWith)
                ? Optional.of("by its name")
                : CredentialShape.in(value).map(CredentialShape::words);
    }

    /** Those that name a proxy, and properties that do. */
    Finding proxies(Map<String, String> properties) {
        var found = new TreeSet<String>();
        environment.keySet().stream()
                .filter(name -> PROXIES.contains(name.toUpperCase(Locale.ROOT)))
                .forEach(found::add);
        PROXY_PROPERTIES.stream()
                .filter(name -> !properties.getOrDefault(name, "").isBlank())
                .filter(name -> !properties.getOrDefault(name, "").equals("false"))
                .forEach(name -> found.add("-D" + name));
        return Finding.none(found);
    }

    /** Those that load code. */
    List<String> injections() {
        return INJECTIONS.stream().filter(environment::containsKey).toList();
    }

    /** Whether the libraries are told not to call home. */
    Finding telemetry(Map<String, String> properties) {
        var on = new ArrayList<String>();
        if (!environment.getOrDefault("ORT_DISABLE_TELEMETRY", "").equals("1")) {
            on.add("ORT_DISABLE_TELEMETRY");
        }
        for (var name : List.of("OPT_OUT_TRACKING", "ai.djl.offline")) {
            var value = environment.getOrDefault(name, properties.getOrDefault(name, ""));
            if (!TRUE.matcher(value).matches()) {
                on.add(name);
            }
        }
        return new Finding(on.isEmpty(), on.isEmpty() ? "all set" : Finding.names(on) + " not set");
    }
}
