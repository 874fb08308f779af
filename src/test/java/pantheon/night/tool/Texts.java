package pantheon.night.tool;

import java.util.List;
import java.util.Random;

/** Texts as people and attackers write them, from a seeded source. */
public final class Texts {
    private static final List<String> PIECES = List.of(
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            ":",
            ": ",
            " #",
            "#",
            "-",
            "- ",
            "---",
            "...",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "? ",
            "~",
            "yes",
            "No",
            "null",
            "true",
            "NaN",
            ".inf",
            "0x1F",
            "0o7",
            "1_000",
            "1e3",
            "12:30:45",
            "2020-01-05",
            "=",
            "<<",
            "ü",
            "日本",
            "😀",
            "\u0000",
            "\u0007",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "Title",
            "x",
            "É",
            "1");

    private Texts() {}

    public static String random(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            if (random.nextInt(5) == 0) {
                int c = random.nextInt(Character.MAX_CODE_POINT + 1);
                text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
            } else {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
