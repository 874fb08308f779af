package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;
import pantheon.night.workspace.files.PathRefused;

/** A check on one Markdown document, before and after; the document is the one that {@code path} of the input names. */
abstract class DocumentCheck implements Check {
    private final String name;

    DocumentCheck(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final CheckResult check(Work work) {
        return checked(work);
    }

    /** The same; one that need not look at the document does not. */
    CheckResult checked(Work work) {
        try {
            return result(problem(work, work.path("path")));
        } catch (PathRefused e) {
            return CheckResult.failed(this, "the document cannot be read: " + e.getMessage());
        } catch (CharacterCodingException e) {
            return result(unreadable("the document is no UTF-8 text"));
        } catch (FrontMatter.Unreadable e) {
            return result(unreadable("the front matter cannot be read: " + e.problem()));
        }
    }

    final CheckResult result(@Nullable String problem) {
        return problem == null ? CheckResult.passed(this) : CheckResult.failed(this, problem);
    }

    private @Nullable String problem(Work work, String path)
            throws PathRefused, CharacterCodingException, FrontMatter.Unreadable {
        var original = work.changes().original(path);
        return original == null
                ? "the document did not exist before the task"
                : problem(work, path, FrontMatter.of(Work.text(original)), FrontMatter.of(work.text(path)));
    }

    /** What is wrong where the document is no text that can be read, null where nothing is. */
    @Nullable
    String unreadable(String why) {
        return why;
    }

    /** What is wrong with the document, null where nothing is. */
    abstract @Nullable String problem(Work work, String path, FrontMatter before, FrontMatter after)
            throws FrontMatter.Unreadable;

    /** One that asks for nothing but the document, before and after. */
    abstract static class Alone extends DocumentCheck {
        Alone(String name) {
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
}
