package pantheon.night.acceptance;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.prose.PageProse;

/** What is true of a document for which an agent declines a task, as the document was before the task. */
final class DeclineChecks {
    private DeclineChecks() {}

    /** It has neither a title nor a heading that is certain to be one. */
    static final class TitleMissing extends DocumentCheck.Alone {
        TitleMissing() {
            super("title_missing");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
            var title = before.standing("title");
            if (title != null) {
                return "the document has the title " + Excerpt.of(title);
            }
            var heading = before.heading();
            return heading == null ? null : "the document has the title heading " + Excerpt.of(heading);
        }
    }

    /** Something stands for a key of its front matter. */
    static final class KeyStanding extends DocumentCheck.Alone {
        private final String key;

        KeyStanding(String key) {
            super("key_standing");
            this.key = key;
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            return before.standing(key) == null ? "nothing stands for %s".formatted(key) : null;
        }
    }

    /** It has no front matter. */
    static final class FrontMatterMissing extends DocumentCheck.Alone {
        FrontMatterMissing() {
            super("front_matter_missing");
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            return before.isPresent() ? "the document has front matter" : null;
        }
    }

    /** Its running text is short. */
    static final class LittleText extends DocumentCheck.Alone {
        private final int most;

        /** @param most characters */
        LittleText(int most) {
            super("little_text");
            this.most = most;
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) {
            int length = PageProse.of(before.body()).strip().length();
            return length <= most
                    ? null
                    : "the document has %d characters of text; expected %d at most".formatted(length, most);
        }
    }

    /** It cannot be read: it is no text, or its front matter is written in a way that leaves a doubt. */
    static final class Unreadable extends DocumentCheck.Alone {
        private final Collection<String> keys;

        /** @param keys that are read; one that is written in another case leaves a doubt, too */
        Unreadable(List<String> keys) {
            super("unreadable");
            this.keys = List.copyOf(keys);
        }

        @Override
        @Nullable
        String unreadable(String why) {
            return null;
        }

        @Override
        @Nullable
        String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable {
            before.requireOneSpelling(keys);
            return "the document can be read: it has the keys %s".formatted(names(before));
        }

        private static String names(FrontMatter document) {
            return Excerpt.of(String.join(", ", document.values().propertyNames()));
        }
    }
}
