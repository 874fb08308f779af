package pantheon.night.training.secrets;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is still known of secrets that were taken out of a text, by what tools may have made of them: slugs, other case,
 * parts, escapes, quotes, diffs, lines with numbers, base64, hexadecimal.
 *
 * <p>Letters and digits alone are compared, in lower case and without accents. Of a secret of ten of them or more, any
 * ten in a row are too many; of a shorter one, all of them between others.
 */
final class OtherForms {
    private static final int RUN = 10;
    private static final int SHORTEST = 4;

    private static final Pattern REPLACEMENTS = Pattern.compile("\\[removed [a-z0-9_]+\\]");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ESCAPES = Pattern.compile("\\\\+(?:u([0-9A-Fa-f]{4})|[bfnrt])");
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final Pattern ENTITY = Pattern.compile("&(?:#([0-9]{1,6})|#[xX]([0-9A-Fa-f]{1,5})|[a-z]{2,6});");
    private static final Pattern LINE_BEGIN = Pattern.compile("(?:\\\\+n|\n)[+>#|*/ -]*(?:[0-9]+[:|\\t ]+)?");
    private static final Pattern LETTERS_ONLY = Pattern.compile("\\p{L}*");

    private final Set<String> runs = new HashSet<>();
    private final Set<String> words = new HashSet<>();

    /** @param secrets as they were taken out, each without what all of its kind begin with */
    OtherForms(List<String> secrets) {
        secrets.stream().distinct().forEach(this::add);
    }

    private void add(String secret) {
        var plain = unescaped(secret);
        Stream.of(plain, encoded(plain), new StringBuilder(plain).reverse().toString())
                .forEach(this::addRuns);
        var bytes = plain.getBytes(StandardCharsets.UTF_8);
        addRuns(HexFormat.of().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            addRuns(base64(bytes, shift));
        }
        addWord(plain);
    }

    /** The characters of its base64 that hang on it alone, where so many bytes stand before it. */
    private static String base64(byte[] secret, int shift) {
        var shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int whole = shifted.length / 3 * 4;
        return text.substring(Math.min(shift == 0 ? 0 : shift + 1, whole), whole);
    }

    private void addRuns(String form) {
        var letters = letters(form);
        for (int i = 0; i + RUN <= letters.length(); i++) {
            runs.add(letters.substring(i, i + RUN));
        }
    }

    /** A short word of letters alone is left be, since too many texts have it. */
    private void addWord(String secret) {
        var letters = letters(secret);
        if (letters.length() < RUN
                && letters.length() >= SHORTEST
                && !LETTERS_ONLY.matcher(letters).matches()) {
            words.add(words(secret));
            words.add("-" + letters + "-");
        }
    }

    /** Whether any of them is known from a text. */
    boolean areIn(String text) {
        if (runs.isEmpty() && words.isEmpty()) {
            return false;
        }
        var left = REPLACEMENTS.matcher(text).replaceAll(" \n");
        var plain = unescaped(left);
        return Stream.of(plain, joined(left), encoded(plain)).distinct().anyMatch(this::areInPlain);
    }

    private boolean areInPlain(String text) {
        var letters = letters(text);
        for (int i = 0; i + RUN <= letters.length(); i++) {
            if (runs.contains(letters.substring(i, i + RUN))) {
                return true;
            }
        }
        var all = words(text);
        return words.stream().anyMatch(all::contains);
    }

    /** Letters and digits alone. */
    private static String letters(String text) {
        return NO_LETTERS.matcher(plain(text)).replaceAll("");
    }

    /** Whatever else stands between them a hyphen, as in a slug. */
    private static String words(String text) {
        return NO_LETTERS.matcher("-" + plain(text) + "-").replaceAll("-");
    }

    /** In lower case, accents apart from their letters. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    }

    /** Without the escapes of JSON. */
    private static String unescaped(String text) {
        return ESCAPES.matcher(text).replaceAll(escape -> quoted(escape.group(1), 16));
    }

    /** Lines joined, without what diffs, quotations, comments and numberings put before them. */
    private static String joined(String text) {
        return unescaped(LINE_BEGIN.matcher(text).replaceAll(""));
    }

    /** Without the escapes of addresses and of HTML. */
    private static String encoded(String text) {
        var percent = PERCENT.matcher(text).replaceAll(OtherForms::bytes);
        return ENTITY.matcher(percent)
                .replaceAll(
                        entity -> entity.group(1) != null ? quoted(entity.group(1), 10) : quoted(entity.group(2), 16));
    }

    private static String bytes(MatchResult escapes) {
        var hex = Arrays.stream(escapes.group().substring(1).split("%"));
        var bytes = HexFormat.of().parseHex(String.join("", hex.toList()));
        return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String quoted(@Nullable String digits, int radix) {
        if (digits == null) {
            return " ";
        }
        int point = Integer.parseInt(digits, radix);
        return Character.isValidCodePoint(point) ? Matcher.quoteReplacement(Character.toString(point)) : " ";
    }
}
