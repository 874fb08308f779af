package pantheon.night.trainer.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;

/**
 * Markdown documents in the shapes that real sites have, the same ones for the same seed.
 *
 * <p>What a model must not learn by heart varies freely (titles, other keys, bodies); what it must learn to decide is
 * balanced: heading or title, spellings of status and priority, merge conflicts, hopeless documents.
 */
public final class DocumentGenerator {
    private final Random random;
    private final Titles titles;
    private final Map<String, List<String>> spellings;
    private final boolean hard;

    /**
     * @param spellings key → what people write for it, in lower case
     * @param rare words to be mixed into titles, which hardly ever held them otherwise; possibly none
     * @param hard whether what takes a decision is common: spellings, titles that begin like the heading, paths that
     *     repeat the title
     */
    public DocumentGenerator(long seed, Map<String, List<String>> spellings, List<String> rare, boolean hard) {
        this.random = new Random(seed);
        this.titles = new Titles(random, words(), rare);
        this.spellings = new TreeMap<>(spellings);
        this.hard = hard;
    }

    public SampleDocument next() {
        var title = titles.next();
        var other = chance(hard ? 70 : 33) ? related(title) : titles.next();
        int shape = random.nextInt(100);
        boolean heading = shape < 52;
        boolean frontMatter = shape < 42 || shape >= 50;
        var lines = frontMatter
                ? frontMatter(
                        heading ? (chance(hard ? 25 : 50) ? null : chance(hard ? 20 : 40) ? title : other) : title,
                        shape)
                : null;
        var text = new StringBuilder();
        var newline = chance(5) ? "\r\n" : "\n";
        if (lines != null) {
            text.append("---\n");
            lines.forEach(line -> text.append(line).append('\n'));
            text.append(shape == 99 && chance(40) ? "" : "---\n");
        }
        text.append(body(shape >= 94 && shape < 97 ? null : heading ? title : null, other));
        var path = path(title);
        return new SampleDocument(path, text.toString().replace("\n", newline).getBytes(StandardCharsets.UTF_8));
    }

    /** @param shape 94 to 96 leave the title out, 97 to 99 break the YAML */
    private List<String> frontMatter(@Nullable String title, int shape) {
        var lines = new ArrayList<String>();
        if (title != null && (shape < 94 || shape > 96)) {
            lines.add("title: " + scalar(title));
        } else if (chance(15)) {
            lines.add("title:");
        }
        spellings.forEach((key, written) -> {
            if (chance(hard ? 85 : 58)) {
                lines.add(key + ": " + varied(written.get(random.nextInt(written.size()))));
            } else if (chance(4)) {
                lines.add(key + ":");
            }
        });
        int others = random.nextInt(5);
        for (int i = 0; i < others; i++) {
            lines.add(otherKey(i));
        }
        Collections.shuffle(lines, random);
        if (shape >= 97) {
            breakYaml(lines);
        } else if (chance(9)) {
            lines.addAll(random.nextInt(lines.size() + 1), conflict("created_at", date(), date()));
        }
        return lines;
    }

    private void breakYaml(List<String> lines) {
        lines.add(
                random.nextInt(lines.size() + 1),
                switch (random.nextInt(7)) {
                    case 0 -> "summary: \"" + titles.plain();
                    case 1 -> "tags: [" + titles.plain() + ", " + titles.plain();
                    case 2 -> "\tauthor: " + titles.plain();
                    case 3 -> "note: " + titles.plain() + ": " + titles.plain() + ": x";
                    case 4 -> "twin: 1\ntwin: 2";
                    case 5 -> String.join("\n", conflict("author", titles.plain(), titles.pseudo()));
                    default -> "{" + titles.plain();
                });
    }

    private static List<String> conflict(String key, String ours, String theirs) {
        return List.of("<<<<<<< HEAD", key + ": " + ours, "=======", key + ": " + theirs, ">>>>>>> feature");
    }

    private String date() {
        var date = titles.date();
        return switch (random.nextInt(4)) {
            case 0 -> date + "T%02d:%02d:00Z".formatted(random.nextInt(24), random.nextInt(60));
            case 1 ->
                date
                        + " %02d:%02d:%02d -0%d00"
                                .formatted(
                                        random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(9));
            default -> date;
        };
    }

    private String otherKey(int number) {
        return switch (random.nextInt(12)) {
            case 0 -> "layout: " + titles.plain();
            case 1 -> "permalink: /docs/" + titles.plain() + "/";
            case 2 -> "date: " + date();
            case 3 -> "author: " + titles.plain();
            case 4 -> "tags: [" + titles.plain() + ", " + titles.plain() + "]";
            case 5 -> "categories:\n  - " + titles.plain() + "\n  - " + titles.plain();
            case 6 -> "description: " + scalar(titles.next());
            case 7 -> "weight: " + random.nextInt(100);
            case 8 -> "# " + titles.plain();
            case 9 -> "slug" + (number == 0 ? "" : number) + ": " + titles.plain();
            case 10 -> "seo:\n  title" + ": " + scalar(titles.next());
            default -> "key" + number + ": " + titles.pseudo();
        };
    }

    /** A spelling in another case, with other blanks. */
    private String varied(String spelling) {
        var cased = switch (random.nextInt(6)) {
            case 0 -> spelling.toUpperCase(Locale.ROOT);
            case 1, 2 -> Titles.capital(spelling);
            default -> spelling;
        };
        var blanks = switch (random.nextInt(4)) {
            case 0 -> cased.replace(' ', '-');
            case 1 -> cased.replace(' ', '_');
            default -> cased;
        };
        return chance(15) ? '"' + blanks + '"' : blanks;
    }

    private static String scalar(String text) {
        boolean plain = text.matches("[\\p{L}][\\p{L}\\p{N} _./()-]*[\\p{L}\\p{N}]")
                && !text.matches("(?i)y|n|yes|no|on|off|true|false|null");
        return plain ? text : text.hashCode() % 2 == 0 ? Json.quote(text) : "'" + text.replace("'", "''") + "'";
    }

    /** Another title that shares its first words with this one. */
    private String related(String title) {
        var words = title.split(" ");
        int kept = 1 + random.nextInt(words.length);
        var first = String.join(" ", List.of(words).subList(0, kept));
        if (hard && chance(40) && kept < words.length) {
            return first;
        }
        return chance(50) ? first + " " + titles.word() : titles.word() + " " + first;
    }

    private String path(String title) {
        var stem = title.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", chance(80) ? "-" : "_")
                .replaceAll("^[-_]|[-_]$", "");
        var name = chance(60) && !stem.isEmpty() ? stem.substring(0, Math.min(stem.length(), 50)) : titles.plain();
        var folder = switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "docs/";
            case 2 -> "_posts/" + titles.date() + "-";
            case 3 -> (hard && name.length() > 2 ? name.replaceFirst("[-_].*", "") : titles.plain()) + "/";
            default -> titles.plain() + "/" + titles.plain() + "/";
        };
        return folder + name + (chance(75) ? ".md" : chance(70) ? ".markdown" : ".mdx");
    }

    private String body(@Nullable String heading, String other) {
        var out = new StringBuilder(chance(50) ? "\n" : "");
        if (chance(15)) {
            out.append("```sh\n# ").append(titles.plain()).append("\n```\n\n");
        }
        if (heading != null) {
            var text = heading.replaceAll("([*_`\\[\\]<>&\\\\#])", "\\\\$1");
            out.append(chance(10) && !text.isBlank() ? text + "\n=====\n" : "# " + text + "\n");
        }
        out.append('\n')
                .append(Titles.capital(titles.plain()))
                .append(' ')
                .append(titles.plain())
                .append(".\n");
        if (chance(40)) {
            out.append("\n## ")
                    .append(other)
                    .append("\n\n- ")
                    .append(titles.plain())
                    .append('\n');
        }
        return out.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private static List<String> words() {
        try (var stream = DocumentGenerator.class.getResourceAsStream("/words.txt")) {
            if (stream == null) {
                throw new IllegalStateException("words.txt is missing from the trainer");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("words.txt cannot be read", e);
        }
    }
}
