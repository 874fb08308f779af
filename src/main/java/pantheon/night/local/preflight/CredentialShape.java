package pantheon.night.local.preflight;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a credential looks like, wherever it stands: the shapes that providers give them so that they can be found. */
enum CredentialShape {
    OPENAI_OR_ALIKE("a key of OpenAI, Anthropic or OpenRouter", "\\bsk-[A-Za-z0-9_-]{20,}"),
    AWS("a key of AWS", "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
    GOOGLE("a key of Google", "\\bAIza[0-9A-Za-z_-]{35}|\\bya29\\.[0-9A-Za-z_-]{20,}"),
    GITHUB("a token of GitHub", "\\bgh[pousr]_[A-Za-z0-9]{36,}|\\bgithub_pat_[A-Za-z0-9_]{22,}"),
    GITLAB("a token of GitLab", "\\bglpat-[A-Za-z0-9_-]{20,}"),
    HUGGING_FACE("a token of Hugging Face", "\\bhf_[A-Za-z0-9]{30,}"),
    GROQ("a key of Groq", "\\bgsk_[A-Za-z0-9]{20,}"),
    NPM("a token of npm", "\\bnpm_[A-Za-z0-9]{36}"),
    SLACK("a token of Slack", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    PRIVATE_KEY("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    URL_WITH_PASSWORD("an address with a password", "[a-z]://[^/\\s:@]+:[^/\\s@]+@");

    private final String words;
    private final Pattern pattern;

    CredentialShape(String words, String pattern) {
        this.words = words;
        this.pattern = Pattern.compile(pattern);
    }

    String words() {
        return words;
    }

    /** The first shape that a text has somewhere. */
    static Optional<CredentialShape> in(String text) {
        for (var shape : values()) {
            if (shape.pattern.matcher(text).find()) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }
}
