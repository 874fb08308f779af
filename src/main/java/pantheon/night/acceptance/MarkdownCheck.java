package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;
import pantheon.night.workspace.files.PathRefused;

/** A check on one Markdown document, before and after; the document is the one that {@code path} of the input names. */
abstract class MarkdownCheck implements Check {
    private final String name;

    MarkdownCheck(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final CheckResult check(Work work) {
        try {
            var problem = problem(work, work.path("path"));
            return problem == null ? CheckResult.passed(this) : CheckResult.failed(this, problem);
        } catch (PathRefused e) {
            return CheckResult.failed(this, "the document cannot be read: " + e.getMessage());
        } catch (CharacterCodingException e) {
            return CheckResult.failed(this, "the document is no UTF-8 text");
        } catch (FrontMatter.Unreadable e) {
            return CheckResult.failed(this, "the front matter cannot be read: " + e.problem());
        }
    }

    private @Nullable String problem(Work work, String path)
            throws PathRefused, CharacterCodingException, FrontMatter.Unreadable {
        var original = work.changes().original(path);
        return original == null
                ? "the document did not exist before the task"
                : problem(FrontMatter.of(Work.text(original)), FrontMatter.of(work.text(path)));
    }

    /** What is wrong with the document, null where nothing is. */
    abstract @Nullable String problem(FrontMatter before, FrontMatter after) throws FrontMatter.Unreadable;
}
