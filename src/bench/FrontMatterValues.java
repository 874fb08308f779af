import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;

/**
 * Documents with front matter as the program writes it, for other readers to read: titles of every kind that YAML reads
 * as something else, that people write, and that neither expects.
 */
final class FrontMatterValues {
    /** What some version of YAML, or some reader, takes for a number, a date, a word or a sign of its own. */
    private static final List<String> READ_OTHERWISE = List.of(
            "",
            " ",
            "~",
            "null",
            "Null",
            "NULL",
            "yes",
            "Yes",
            "no",
            "NO",
            "on",
            "Off",
            "y",
            "N",
            "true",
            "False",
            "nan",
            ".nan",
            ".NaN",
            ".inf",
            "-.INF",
            "Infinity",
            "inf",
            "2024-02-30",
            "2024-13-45",
            "0000-00-00",
            "2026-05-04",
            "2026-5-4",
            "2026-05-04T10:00:00Z",
            "2026-05-04 10:00:00 +02:00",
            "2026-05-04 10:00",
            "12:30",
            "1:30:45",
            "190:20:30.15",
            "017",
            "08",
            "0o17",
            "0x1F",
            "0b101",
            "1_000",
            "1,000",
            "1e3",
            "1E-3",
            "e3",
            "E-2",
            "e+5",
            "E5_0",
            "+1",
            "-1",
            "-.5",
            ".5",
            "1.",
            "1.0",
            "=",
            "<<",
            "!",
            "!!str x",
            "&a",
            "*a",
            "|",
            ">",
            "|-",
            "%a",
            "@a",
            "`a",
            "#a",
            "a #b",
            "a: b",
            "a:",
            ":a",
            "- a",
            "-",
            "---",
            "...",
            "--- a",
            "? a",
            "?",
            "[a]",
            "{a: b}",
            "{{ a }}",
            "a, b",
            "'a'",
            "\"a\"",
            "it's",
            "\\",
            "a\\nb",
            "C:\\new",
            "{% a %}",
            "<b>",
            "a\tb",
            "a\nb",
            "a\r\nb",
            "\n---\n",
            "a ",
            " a",
            "\ta");

    private static final List<String> PIECES = List.of(
            "The",
            "keys",
            "of",
            "Zürich",
            "日本語",
            "ключи",
            "مفاتيح",
            "कुंजी",
            "🚀",
            "👩‍💻",
            "e\u0301",
            "é",
            "1",
            "2026",
            "-",
            ":",
            ": ",
            " #",
            "'",
            "\"",
            "\\",
            "/",
            ",",
            ".",
            "!",
            "?",
            "&",
            "*",
            "|",
            ">",
            "%",
            "@",
            "`",
            "{",
            "}",
            "[",
            "]",
            "~",
            "=",
            " ",
            "  ",
            "\t",
            "\n",
            "\r",
            "\u0000",
            "\u0007",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00ad",
            "\u2028",
            "\u2029",
            "\u200b",
            "\u202e",
            "\ufeff",
            "\ufffd",
            "\ufffe",
            "\uffff",
            "yes",
            "null",
            "e5",
            "0x1F",
            "12:30",
            "1_000",
            "2026-05-04");

    private FrontMatterValues() {}

    /** Arguments: a file to write, JSON Lines of a title and a document, and how many. */
    public static void main(String... arguments) throws Exception {
        var random = new Random(20261130);
        try (var out = Files.newBufferedWriter(Path.of(arguments[0]))) {
            int most = Integer.parseInt(arguments[1]);
            for (int i = 0; i < most; i++) {
                write(out, i < READ_OTHERWISE.size() ? READ_OTHERWISE.get(i) : title(i, random));
            }
        }
    }

    private static void write(BufferedWriter out, String title) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("title", title);
        values.put("status", "draft");
        var document = FrontMatter.of("# Keys\n").with(values);
        out.write(Json.write(Json.object().put("title", title).put("document", document)));
        out.newLine();
    }

    private static String title(int i, Random random) {
        return switch (i % 5) {
            case 0 -> joined(random, 1 + random.nextInt(6), "");
            case 1 -> joined(random, 1 + random.nextInt(8), " ");
            case 2 ->
                READ_OTHERWISE.get(random.nextInt(READ_OTHERWISE.size())) + joined(random, random.nextInt(2), " ");
            case 3 -> numberOrDate(random);
            default -> i % 500 == 4 ? joined(random, 400, " ") : anything(random);
        };
    }

    private static String joined(Random random, int pieces, String between) {
        var text = new StringBuilder();
        for (int n = 0; n < pieces; n++) {
            text.append(n == 0 ? "" : between).append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Digits with the signs that numbers, times and dates are made of. */
    private static String numberOrDate(Random random) {
        var signs = "0123456789-:+._eEoxbTZ ";
        var text = new StringBuilder();
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }

    private static String anything(Random random) {
        var text = new StringBuilder();
        for (int n = 1 + random.nextInt(20); n > 0; n--) {
            int c = random.nextInt(random.nextBoolean() ? 0x250 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
        }
        return text.toString();
    }
}
