package pantheon.night.acceptance;

import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;

/** A check on one Markdown document that asks for nothing but the document, before and after. */
abstract class MarkdownCheck extends DocumentCheck {
    MarkdownCheck(String name) {
        super(name);
    }

    @Override
    final @Nullable String problem(Work work, String path, FrontMatter before, FrontMatter after)
            throws FrontMatter.Unreadable {
        return problem(before, after);
    }

    /** What is wrong with the document, null where nothing is. */
    abstract @Nullable String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable;
}
