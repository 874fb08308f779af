package pantheon.night.acceptance;

import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.language.pattern.PatternMatcher;
import tools.jackson.databind.JsonNode;

/** A text stands in each file of a scope, or in none. */
final class TextCheck extends FileCheck {
    private final Sought sought;
    private final boolean present;

    /** @param present whether it has to stand there, or must not */
    TextCheck(Sought sought, boolean present, Scope scope) {
        super(present ? "text_present" : "text_absent", scope);
        this.sought = sought;
        this.present = present;
    }

    /** What is looked for in a file. */
    sealed interface Sought {
        /** The line, from 1, on which it begins first; 0 where it is nowhere. */
        int line(Work work, String text);

        /** How a message calls it. */
        String words(Work work);

        /**
         * Of a check's parameters.
         *
         * @throws pantheon.night.language.automaton.UnsupportedPattern where the expression is none
         */
        static Sought of(JsonNode with) {
            if (with.has("pattern")) {
                var pattern = with.get("pattern").stringValue();
                return new Expression(pattern, PatternMatcher.of(pattern));
            }
            var text = with.required("text");
            return text.isString()
                    ? new Literal(text.stringValue())
                    : new OfInput(text.required("input").stringValue());
        }
    }

    /** A text, letter by letter; it may go over several lines. */
    record Literal(String text) implements Sought {
        @Override
        public int line(Work work, String file) {
            int at = file.indexOf(text);
            return at < 0
                    ? 0
                    : 1 + (int) file.chars().limit(at).filter(c -> c == '\n').count();
        }

        @Override
        public String words(Work work) {
            return Excerpt.of(text);
        }
    }

    /** The text that a field of the input has. */
    record OfInput(String field) implements Sought {
        private Literal literal(Work work) {
            return new Literal(work.input().required(field).stringValue());
        }

        @Override
        public int line(Work work, String file) {
            return literal(work).line(work, file);
        }

        @Override
        public String words(Work work) {
            return literal(work).words(work);
        }
    }

    /** A regular expression of ECMA-262, looked for in one line after the other, without their ends. */
    record Expression(String pattern, PatternMatcher matcher) implements Sought {
        @Override
        public int line(Work work, String file) {
            int line = 0;
            for (var text : (Iterable<String>) file.lines()::iterator) {
                line++;
                if (Thread.currentThread().isInterrupted()) {
                    return 0; // nobody waits for it any more
                }
                if (matcher.finds(text)) {
                    return line;
                }
            }
            return 0;
        }

        @Override
        public String words(Work work) {
            return "a match of " + Excerpt.of(pattern);
        }
    }

    @Override
    boolean nothing() {
        return !present;
    }

    @Override
    @Nullable
    String problem(Work work, String path, String text) {
        int line = sought.line(work, text);
        if (present == line > 0) {
            return null;
        }
        return present
                ? "%s has %s nowhere; expected it".formatted(shown(path), sought.words(work))
                : "%s has %s; expected it nowhere".formatted(place(path, line), sought.words(work));
    }
}
