package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Range;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.language.pattern.PatternForm;
import pantheon.night.language.text.JsonText;

/** Patterns of strings as patterns of what stands between JSON's quotes for them. */
public enum Written implements PatternForm<Part> {
    /** As a value, where some characters have two writings. */
    VALUE,
    /** As a key, where each character has one. */
    KEY;

    private static final int LAST_CONTROL = 0x1F;
    private static final List<Integer> ANY =
            List.of(0, Character.MIN_SURROGATE - 1, Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT);

    /** Any character. */
    public Part any() {
        return characters(ANY);
    }

    /** A string, one character after the other. */
    public Part text(String text) {
        return Part.sequence(
                text.codePoints().mapToObj(c -> characters(List.of(c, c))).toList());
    }

    @Override
    public Part characters(List<Integer> ranges) {
        var raw = new ArrayList<Range>();
        var escapes = new TreeSet<String>();
        for (int i = 0; i < ranges.size(); i += 2) {
            addRaw(ranges.get(i), ranges.get(i + 1), raw);
            for (int c = ranges.get(i); c <= Math.min(ranges.get(i + 1), '\\'); c++) {
                addEscapes(c, escapes);
            }
        }
        return new Unit(raw, escapes).part();
    }

    private static void addRaw(int first, int last, List<Range> raw) {
        int from = Math.max(first, LAST_CONTROL + 1);
        for (int escaped : new int[] {'"', '\\'}) {
            if (from <= escaped && escaped <= last) {
                addRange(from, escaped - 1, raw);
                from = escaped + 1;
            }
        }
        addRange(from, last, raw);
    }

    private static void addRange(int first, int last, List<Range> raw) {
        if (first <= last) {
            raw.add(new Range(first, last));
        }
    }

    private void addEscapes(int c, Set<String> escapes) {
        int letter = JsonText.escapeLetter(c);
        if (letter >= 0) {
            escapes.add(Character.toString(letter));
        } else if (c <= LAST_CONTROL || (this == VALUE && c == '<')) {
            escapes.add("u%04x".formatted(c));
        } else if (this == VALUE && c == '/') {
            escapes.add("/");
        }
    }

    @Override
    public Part sequence(List<Part> parts) {
        return Part.sequence(parts);
    }

    @Override
    public Part choice(List<Part> parts) {
        return Part.choice(parts);
    }

    @Override
    public Part repeat(Part part, int min, int max) {
        return max == 0 ? Part.NOTHING : new Repeat(part, min, max == ENDLESS ? Repeat.ENDLESS : max);
    }
}
