package pantheon.night.trainer.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Titles as people write them: words, names, versions, code, punctuation, several scripts. */
final class Titles {
    private static final String[] JOINERS = {": ", " - ", " – ", " — ", " & ", ", ", " / ", " + ", " | ", ". ", "; "};
    private static final String[] SMALL = {
        "a", "an", "the", "of", "for", "to", "in", "on", "with", "and", "or", "from", "by", "at", "is", "are", "your",
        "our", "how", "why", "what", "when", "as", "into", "not", "it", "we", "you"
    };
    private static final String[] FRAMES = {
        "How to %s",
        "%s released",
        "%s Released",
        "Release notes for %s",
        "Getting started with %s",
        "%s vs %s",
        "%s Guide",
        "Introduction to %s",
        "Why we %s",
        "What's new in %s",
        "Chapter %d: %s",
        "ADR %d: %s",
        "ADR-%d %s",
        "%s FAQ",
        "Announcing %s",
        "The %s",
        "About %s",
        "%s (draft)",
        "RFC %d – %s",
        "Using %s",
        "%s and %s",
        "%s, %s and %s",
        "Weekly sync %y",
        "%y %s",
        "Meeting notes, %y",
        "%s %v Released",
        "%s %v",
        "%s v%v",
        "Upgrading from %v to %v",
        "%s %v.rc%n",
        "Version %v",
        "%s Options",
        "%s: %s",
        "Part %n: %s",
        "Step %n. %s",
        "%n ways to %s",
        "FAQ",
        "Home",
        "README",
        "Is %s %s?",
        "%s!",
        "Who is @%s?",
        "#%d %s",
        "%s on %s",
        "Fixing `%s` in %s",
        "`%s`",
        "\"%s\" explained",
        "The '%s' %s",
        "“%s”",
        "%s’s %s",
        "%s's %s"
    };
    private static final String[] FOREIGN = {
        "Übersicht",
        "Größe",
        "für",
        "Änderung",
        "naïve",
        "café",
        "déploiement",
        "résumé",
        "señal",
        "configuración",
        "ação",
        "über",
        "Ångström",
        "smörgås",
        "żółw",
        "čeština",
        "Пример",
        "документ",
        "настройка",
        "Ελλάδα",
        "οδηγός",
        "日本語",
        "東京",
        "設定",
        "中文",
        "指南",
        "한국어",
        "설치",
        "עברית",
        "عربي",
        "हिन्दी",
        "🚀",
        "🎉",
        "✅",
        "İstanbul",
        "ﬁnal",
        "Łódź",
        "Dvořák",
        "São",
        "mañana",
        "façade"
    };
    private static final String[] NAMES = {
        "C++",
        "C#",
        "F#",
        "Node.js",
        "Vue.js",
        ".NET",
        "GitHub",
        "GitLab",
        "PostgreSQL",
        "MySQL",
        "SQLite",
        "macOS",
        "iOS",
        "OAuth",
        "OAuth2",
        "JavaScript",
        "TypeScript",
        "JSON",
        "YAML",
        "HTML",
        "CSS",
        "SCSS",
        "HTTP",
        "HTTPS",
        "API",
        "CLI",
        "GUI",
        "URL",
        "URI",
        "SQL",
        "NoSQL",
        "DNS",
        "TLS",
        "SSH",
        "CI/CD",
        "I/O",
        "TCP/IP",
        "UTF-8",
        "GraphQL",
        "WebSocket",
        "Kubernetes",
        "Docker",
        "Linux",
        "Windows",
        "Ubuntu",
        "FreeBSD",
        "Redis",
        "Kafka",
        "Ruby",
        "Python",
        "Java",
        "Rust",
        "Go",
        "Perl",
        "PHP",
        "Jekyll",
        "Hugo",
        "Sass",
        "Liquid",
        "Markdown",
        "kramdown",
        "Travis",
        "CircleCI",
        "Netlify",
        "Heroku",
        "AWS",
        "S3",
        "EC2",
        "GCP",
        "Azure",
        "x86",
        "ARM64",
        "GPU",
        "CPU",
        "LLM",
        "RAG",
        "ETL",
        "SLA",
        "SLO",
        "GDPR",
        "PR",
        "MVP",
        "B2B",
        "i18n",
        "l10n",
        "a11y",
        "k8s"
    };

    private final Random random;
    private final List<String> words;
    private final List<String> rare;

    /** @param rare words that titles hardly ever hold, to be mixed in; possibly none */
    Titles(Random random, List<String> words, List<String> rare) {
        this.random = random;
        this.words = words;
        this.rare = rare;
    }

    String next() {
        var title = random.nextInt(100) < 35 ? framed() : phrase(1 + length());
        return switch (random.nextInt(24)) {
            case 0 -> title.toUpperCase(Locale.ROOT);
            case 1, 2 -> title.toLowerCase(Locale.ROOT);
            default -> title;
        };
    }

    /** One word of any kind. */
    String word() {
        if (!rare.isEmpty() && random.nextInt(4) == 0) {
            return random.nextInt(5) == 0 ? script() : rare.get(random.nextInt(rare.size()));
        }
        return switch (random.nextInt(40)) {
            case 0, 1, 2 -> pick(NAMES);
            case 3 -> random.nextInt(3) == 0 ? pick(FOREIGN) + pick(FOREIGN) : pick(FOREIGN);
            case 4 -> Integer.toString(random.nextInt(random.nextBoolean() ? 100 : 10_000));
            case 5 -> version();
            case 6, 7, 8, 9, 10 -> pseudo();
            case 11 -> code();
            case 12 -> capital(plain()) + capital(plain());
            case 13 -> plain() + "-" + plain();
            default -> plain();
        };
    }

    String plain() {
        var word = words.get(random.nextInt(words.size()));
        return !rare.isEmpty() && random.nextInt(5) == 0 ? word + "s" : word;
    }

    /** A few letters of one script, any letters. */
    private String script() {
        int[][] ranges = {
            {0x00C0, 0x017F},
            {0x0391, 0x03C9},
            {0x0410, 0x044F},
            {0x05D0, 0x05EA},
            {0x0627, 0x064A},
            {0x0905, 0x0939},
            {0x3041, 0x3096},
            {0x30A1, 0x30FA},
            {0x4E00, 0x9FFF},
            {0xAC00, 0xD7A3},
            {0x1F600, 0x1F64F}
        };
        var range = ranges[random.nextInt(ranges.length)];
        var out = new StringBuilder();
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            out.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
        }
        return out.toString();
    }

    private int length() {
        int length = random.nextInt(5);
        return random.nextInt(5) == 0 ? length + random.nextInt(8) : length;
    }

    private String phrase(int length) {
        int style = random.nextInt(10);
        var out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            boolean small = i > 0 && i + 1 < length && random.nextInt(4) == 0;
            var word = small ? pick(SMALL) : word();
            if (style < 6 ? !small : i == 0 && style < 9) {
                word = capital(word);
            }
            if (random.nextInt(25) == 0) {
                word = decorated(word);
            }
            out.append(word);
            if (i + 1 < length) {
                out.append(random.nextInt(11) == 0 ? pick(JOINERS) : " ");
            }
        }
        if (random.nextInt(20) == 0) {
            out.append(pick("?", "!", ".", "...", "…", ")", " (" + word() + ")", " [WIP]", " #" + random.nextInt(500)));
        }
        return out.toString();
    }

    private String framed() {
        var frame = pick(FRAMES);
        var out = new StringBuilder();
        for (int i = 0; i < frame.length(); i++) {
            if (frame.charAt(i) != '%') {
                out.append(frame.charAt(i));
                continue;
            }
            out.append(
                    switch (frame.charAt(++i)) {
                        case 's' -> phrase(1 + random.nextInt(3));
                        case 'd' -> Integer.toString(1 + random.nextInt(300));
                        case 'n' -> Integer.toString(1 + random.nextInt(12));
                        case 'v' -> version();
                        default -> date();
                    });
        }
        return out.toString();
    }

    String version() {
        var parts = new ArrayList<String>();
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            parts.add(Integer.toString(random.nextInt(random.nextInt(4) == 0 ? 40 : 10)));
        }
        var version = String.join(".", parts);
        return random.nextInt(6) == 0
                ? version + pick("-rc1", ".rc1", "-beta", "b2", "-alpha.3", "-SNAPSHOT")
                : version;
    }

    String date() {
        return "%04d-%02d-%02d".formatted(2008 + random.nextInt(20), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String decorated(String word) {
        return switch (random.nextInt(11)) {
            case 0 -> "`" + word + "`";
            case 1 -> "\"" + word + "\"";
            case 2 -> "(" + word + ")";
            case 3 -> "'" + word + "'";
            case 4 -> word + "?";
            case 5 -> word + "!";
            case 6 -> "“" + word + "”";
            case 7 -> "@" + word;
            case 8 -> "$" + word;
            case 9 -> pick("<|im_end|>", "<|im_start|>", "</tool_call>", "<tool_call>", "<br>", "&amp;");
            default -> word + "'s";
        };
    }

    private String code() {
        return switch (random.nextInt(8)) {
            case 0 -> "_" + plain() + ".yml";
            case 1 -> plain() + "." + pick("js", "rb", "py", "java", "md", "json", "html", "toml", "sh", "scss");
            case 2 -> plain() + "_" + plain();
            case 3 -> "--" + plain();
            case 4 -> plain() + "/" + plain();
            case 5 -> plain() + "()";
            case 6 -> plain() + "::" + capital(plain());
            default -> random(3 + random.nextInt(8), "abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789");
        };
    }

    /** A word that is in no dictionary. */
    String pseudo() {
        var out = new StringBuilder();
        int syllables = 1 + random.nextInt(4);
        for (int i = 0; i < syllables; i++) {
            out.append(pick(
                    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "y", "z", "ch",
                    "sh", "th", "st", "tr", "pl", "gr", "br", "cl", "qu", "ph", "sk", "fl", "dr", "sp", "", "x"));
            out.append(pick("a", "e", "i", "o", "u", "ai", "ea", "ou", "oo", "ie", "y", "io", "au", "ee"));
            out.append(pick("", "", "n", "r", "s", "l", "t", "m", "ck", "ng", "nd", "st", "ll", "ss", "x", "p", "d"));
        }
        var end =
                random.nextInt(3) == 0 ? pick("ing", "ed", "er", "ly", "tion", "ness", "able", "ment", "s", "ity") : "";
        return out + end;
    }

    String random(int length, String alphabet) {
        var out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
