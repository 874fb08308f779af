package pantheon.night.acceptance.part;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.Lines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of a file that may differ, as lines of what it was before. */
public sealed interface Region {
    /**
     * What differs outside of it.
     *
     * @param before the file's lines with their ends
     * @return null where nothing does
     */
    @Nullable
    Difference difference(ObjectNode input, List<String> before, List<String> after);

    /** How a message calls it. */
    String words(ObjectNode input);

    /** A place in the file as it is now, with what is wrong there; the line is 0 where it is none in particular. */
    record Difference(int line, String problem) {}

    /** Of a check's parameters, of which just one names the part. */
    static Region of(JsonNode with) {
        if (with.has("line")) {
            return new OneLine(Numbered.of(with.get("line")));
        } else if (with.has("fence")) {
            return new FenceInfo(Numbered.of(with.get("fence")));
        } else if (with.has("lines")) {
            return new Range(
                    Numbered.of(with.get("lines").required("from")),
                    Numbered.of(with.get("lines").required("to")));
        }
        return new FrontMatterBlock();
    }

    /** Some lines, which may become more or fewer. */
    record Range(Numbered from, Numbered to) implements Region {
        @Override
        public @Nullable Difference difference(ObjectNode input, List<String> before, List<String> after) {
            return Outside.difference(before, after, from.in(input), to.in(input));
        }

        @Override
        public String words(ObjectNode input) {
            return "lines %d to %d".formatted(from.in(input), to.in(input));
        }
    }

    /** One line, which stays one and keeps its end. */
    record OneLine(Numbered line) implements Region {
        @Override
        public @Nullable Difference difference(ObjectNode input, List<String> before, List<String> after) {
            int number = line.in(input);
            var other = Outside.difference(before, after, number, number);
            if (other != null) {
                return other;
            }
            if (before.size() != after.size()) {
                return new Difference(number, "one line became %d".formatted(1 + after.size() - before.size()));
            }
            return sameEnd(before, after, number) ? null : new Difference(number, "the line's end changed");
        }

        private static boolean sameEnd(List<String> before, List<String> after, int number) {
            return end(before.get(number - 1)).equals(end(after.get(number - 1)));
        }

        private static String end(String line) {
            return line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
        }

        @Override
        public String words(ObjectNode input) {
            return "line " + line.in(input);
        }
    }

    /** What stands behind the marks of a code fence's first line: its language and whatever else. */
    record FenceInfo(Numbered line) implements Region {
        private static final Pattern OPENING =
                Pattern.compile("([\\s>*+.)\\d-]*+)(`{3,}+|~{3,}+)([^\\r\\n]*+)\\r?\\n?");

        @Override
        public @Nullable Difference difference(ObjectNode input, List<String> before, List<String> after) {
            int number = line.in(input);
            var other = new OneLine(new Numbered.Constant(number)).difference(input, before, after);
            if (other != null) {
                return other;
            }
            var old = marks(before.get(number - 1));
            var now = marks(after.get(number - 1));
            if (old == null) {
                return new Difference(number, "no code fence began there");
            }
            return old.equals(now)
                    ? null
                    : new Difference(number, "the fence itself changed; it was " + Excerpt.of(old));
        }

        /** A fence with what stands before it, null where there is none; backticks have no others behind them. */
        private static @Nullable String marks(String line) {
            var opening = OPENING.matcher(line);
            if (!opening.matches()
                    || (opening.group(2).startsWith("`") && opening.group(3).contains("`"))) {
                return null;
            }
            return opening.group(1) + opening.group(2);
        }

        @Override
        public String words(ObjectNode input) {
            return "the language of the code fence in line " + line.in(input);
        }
    }

    /** The front matter with its fences; there may have been none. */
    record FrontMatterBlock() implements Region {
        @Override
        public @Nullable Difference difference(ObjectNode input, List<String> before, List<String> after) {
            var old = body(before);
            var now = body(after);
            var found = Outside.difference(old, now, old.size() + 1, old.size());
            return found == null ? null : new Difference(found.line() + after.size() - now.size(), found.problem());
        }

        private static List<String> body(List<String> lines) {
            var text = String.join("", lines);
            return Lines.of(text.substring(FrontMatter.end(text)));
        }

        @Override
        public String words(ObjectNode input) {
            return "the front matter";
        }
    }
}
