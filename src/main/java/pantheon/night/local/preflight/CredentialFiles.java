package pantheon.night.local.preflight;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import pantheon.night.KeptOrder;
import pantheon.night.disk.RegularFile;
import pantheon.night.local.Finding;

/**
 * The files in which the tools of every day keep credentials. One that is empty, or that holds settings alone, is as it
 * should be. Only the file is ever told, never what stands in it.
 */
final class CredentialFiles {
    private static final String ANYTHING = "\\S";

    /** A larger file is not looked into; what cannot be looked into counts as found. */
    private static final int MOST_BYTES = 1 << 20;

    /**
     * Where a credential would be.
     *
     * @param owner whose it is
     * @param variable what may name the place, empty where nothing does; several are joined by colons
     * @param place the file without it, below HOME; or below the folder that the variable names, where it has a file
     * @param file below the place, empty where the place is the file itself; the last part may be a pattern
     * @param credential what a file has that holds one
     */
    record Place(String owner, String variable, String place, String file, Pattern credential) {
        static Place of(String owner, String variable, String place, String file, String credential) {
            return new Place(owner, variable, place, file, Pattern.compile("(?i)" + credential));
        }
    }

    private static final String CONFIG = "XDG_CONFIG_HOME";
    private static final String DATA = "XDG_DATA_HOME";
    private static final String YAML_TOKEN = "(?m)^[\\s-]*(oauth_token|token|password)\\s*:\\s*\\S";

    static final List<Place> PLACES = List.of(
            Place.of("OpenAI", "CODEX_HOME", ".codex", "auth.json", "_key\"\\s*:\\s*\"|_token\"\\s*:\\s*\""),
            Place.of("OpenAI", CONFIG, ".config", "shell_gpt/.sgptrc", "(?m)^\\w*API_KEY=\\S"),
            Place.of("Anthropic", "CLAUDE_CONFIG_DIR", ".claude", ".credentials.json", "token\"\\s*:\\s*\""),
            Place.of("Anthropic", "", ".claude.json", "", "\"primaryApiKey\"\\s*:\\s*\""),
            Place.of("Anthropic", "", ".anthropic", "api_key", ANYTHING),
            Place.of("Mistral", "VIBE_HOME", ".vibe", ".env", "(?m)^\\w*API_KEY=\\S"),
            Place.of("Google", "CLOUDSDK_CONFIG", ".config/gcloud", "application_default_credentials.json", ANYTHING),
            Place.of("Google", "CLOUDSDK_CONFIG", ".config/gcloud", "credentials.db", ANYTHING),
            Place.of("Google", "CLOUDSDK_CONFIG", ".config/gcloud", "access_tokens.db", ANYTHING),
            Place.of("Google", "", ".gemini", "oauth_creds.json", ANYTHING),
            Place.of("Google", "", ".gemini", ".env", "(?m)^\\w*API_KEY=\\S"),
            Place.of("Google", "BOTO_CONFIG", ".boto", "", "(?m)^\\s*(gs_|aws_)\\w*(secret|token)\\w*\\s*=\\s*\\S"),
            Place.of("Azure", "AZURE_CONFIG_DIR", ".azure", "msal_token_cache.json", "\"secret\"\\s*:"),
            Place.of("Azure", "AZURE_CONFIG_DIR", ".azure", "msal_token_cache.bin", ANYTHING),
            Place.of("Azure", "AZURE_CONFIG_DIR", ".azure", "accessTokens.json", "token\"\\s*:"),
            Place.of("Azure", "AZURE_CONFIG_DIR", ".azure", "service_principal_entries.json", "secret|certificate"),
            Place.of("Azure", "AZURE_CONFIG_DIR", ".azure", "service_principal_entries.bin", ANYTHING),
            Place.of(
                    "AWS",
                    "AWS_SHARED_CREDENTIALS_FILE",
                    ".aws/credentials",
                    "",
                    "(?m)^\\s*(aws_secret_access_key|aws_session_token|credential_process)\\s*=\\s*\\S"),
            Place.of(
                    "AWS",
                    "AWS_CONFIG_FILE",
                    ".aws/config",
                    "",
                    "(?m)^\\s*(aws_secret_access_key|aws_session_token|credential_process)\\s*=\\s*\\S"),
            Place.of("AWS", "", ".aws/sso/cache", "*.json", "token\"\\s*:"),
            Place.of("AWS", "", ".aws/cli/cache", "*.json", "SecretAccessKey"),
            Place.of("Hugging Face", "HF_TOKEN_PATH", ".cache/huggingface/token", "", ANYTHING),
            Place.of("Hugging Face", "HF_HOME", ".cache/huggingface", "token", ANYTHING),
            Place.of("Hugging Face", "HF_HOME", ".cache/huggingface", "stored_tokens", "(?m)^\\s*hf_token\\s*=\\s*\\S"),
            Place.of("Hugging Face", "", ".huggingface", "token", ANYTHING),
            Place.of("Cohere", "", ".cohere", "credentials", ANYTHING),
            Place.of("Groq", "", ".groq", "local-settings.json", "key\"\\s*:\\s*\"[^\"]"),
            Place.of(
                    "OpenRouter and others",
                    DATA,
                    ".local/share",
                    "opencode/auth.json",
                    "\"(key|access|refresh)\"\\s*:"),
            Place.of(
                    "OpenRouter and others",
                    CONFIG,
                    ".config",
                    "io.datasette.llm/keys.json",
                    ":\\s*\"[^\"]{12,}\"\\s*[,}]"),
            Place.of("OpenRouter and others", "", ".aider.conf.yml", "", "(?m)^\\s*\\S*api-key\\s*:\\s*\\S"),
            Place.of("GitHub", "GH_CONFIG_DIR", ".config/gh", "hosts.yml", YAML_TOKEN),
            Place.of("GitHub", CONFIG, ".config", "github-copilot/hosts.json", "token\"\\s*:"),
            Place.of("GitHub", CONFIG, ".config", "github-copilot/apps.json", "token\"\\s*:"),
            Place.of("git", "", ".git-credentials", "", ANYTHING),
            Place.of("git", CONFIG, ".config", "git/credentials", ANYTHING),
            Place.of("GitLab", "GLAB_CONFIG_DIR", ".config/glab-cli", "config.yml", YAML_TOKEN),
            Place.of(
                    "npm",
                    "NPM_CONFIG_USERCONFIG",
                    ".npmrc",
                    "",
                    "(?m)^[^#;\\n]*(_authToken|_auth|_password)\\s*=\\s*\\S"),
            Place.of("PyPI", "", ".pypirc", "", "(?m)^\\s*password\\s*[=:]\\s*\\S"),
            Place.of("crates.io", "CARGO_HOME", ".cargo", "credentials.toml", "(?m)^\\s*token\\s*=\\s*\\S"),
            Place.of("crates.io", "CARGO_HOME", ".cargo", "credentials", "(?m)^\\s*token\\s*=\\s*\\S"),
            Place.of(
                    "Docker",
                    "DOCKER_CONFIG",
                    ".docker",
                    "config.json",
                    "\"(auth|identitytoken|registrytoken|password|credsStore)\"\\s*:\\s*\"[^\"]"
                            + "|\"credHelpers\"\\s*:\\s*\\{\\s*\""),
            Place.of(
                    "containers", "REGISTRY_AUTH_FILE", ".config/containers/auth.json", "", "\"auth\"\\s*:\\s*\"[^\"]"),
            Place.of("containers", "XDG_RUNTIME_DIR", "", "containers/auth.json", "\"auth\"\\s*:\\s*\"[^\"]"),
            Place.of(
                    "Kubernetes",
                    "KUBECONFIG",
                    ".kube/config",
                    "",
                    "(token|tokenFile|password|client-key|client-key-data)\"?\\s*:\\s*\"?[^\\s\"]"
                            + "|(exec|auth-provider)\"?\\s*:"),
            Place.of("Kubernetes", "", "/var/run/secrets/kubernetes.io/serviceaccount", "token", ANYTHING),
            Place.of("netrc", "NETRC", ".netrc", "", "\\bpassword\\s+\\S"),
            Place.of("netrc", "", "_netrc", "", "\\bpassword\\s+\\S"),
            Place.of("Vault", "", ".vault-token", "", ANYTHING),
            Place.of("Terraform", "", ".terraform.d", "credentials.tfrc.json", "\"token\"\\s*:"));

    private final Path home;
    private final Map<String, String> environment;

    CredentialFiles(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = KeptOrder.map(environment);
    }

    /** The files that hold a credential, or cannot be looked into. */
    Finding look() {
        var found = new TreeSet<String>();
        for (var place : PLACES) {
            for (var file : files(place)) {
                var what = look(file, place.credential());
                if (!what.isEmpty()) {
                    found.add("%s (%s%s)".formatted(file, place.owner(), what.equals(HOLDS) ? "" : ", " + what));
                }
            }
        }
        return Finding.none(found);
    }

    private static final String HOLDS = "holds one";

    private List<Path> files(Place place) {
        var files = new ArrayList<Path>();
        if (!place.place().isEmpty()) {
            add(files, home.resolve(place.place()), place.file());
        }
        for (var named : environment.getOrDefault(place.variable(), "").split(File.pathSeparator, -1)) {
            folder(named).ifPresent(folder -> add(files, folder, place.file()));
        }
        return files;
    }

    /** What is no path leads nowhere. */
    private Optional<Path> folder(String named) {
        try {
            return named.isBlank() ? Optional.empty() : Optional.of(home.resolve(named));
        } catch (InvalidPathException noPlace) {
            return Optional.empty();
        }
    }

    private static void add(List<Path> files, Path place, String file) {
        if (!file.startsWith("*")) {
            files.add(file.isEmpty() ? place : place.resolve(file));
        } else if (Files.isDirectory(place) && Files.isReadable(place)) {
            try (var entries = Files.newDirectoryStream(place, file)) {
                entries.forEach(files::add);
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                files.add(place);
            }
        }
    }

    /** What this user cannot read is none of this process's credentials. */
    private static String look(Path file, Pattern credential) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return "";
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                return "too large to be looked into";
            }
            var text = new String(RegularFile.bytes(file, MOST_BYTES), java.nio.charset.StandardCharsets.UTF_8);
            return credential.matcher(text).find() ? HOLDS : "";
        } catch (IOException e) {
            return "cannot be looked into";
        }
    }
}
