package pantheon.night.acceptance;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.glob.Glob;

/**
 * Each named file, and for each pattern one that it matches, has changed by a byte or more; to be made and to go are changes.
 *
 * @param expected false where none of them may have changed
 */
record Changed(Scope scope, boolean expected) implements Check {
    @Override
    public String name() {
        return expected ? "changed" : "unchanged";
    }

    @Override
    public List<String> fileFields() {
        return scope.fields();
    }

    @Override
    public CheckResult check(Work work) {
        try {
            var problem = expected ? problem(work) : change(work);
            return problem == null ? CheckResult.passed(this) : CheckResult.failed(this, problem);
        } catch (PathRefused e) {
            return CheckResult.failed(this, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String problem(Work work) throws PathRefused {
        for (var field : scope.fields()) {
            if (!isChanged(work, work.path(field))) {
                return "%s is as it was; expected a change".formatted(FileCheck.shown(work.path(field)));
            }
        }
        for (var pattern : scope.patterns()) {
            if (!isChanged(work, pattern)) {
                return "no file that matches %s has changed; expected one that has"
                        .formatted(FileCheck.shown(pattern.toString()));
            }
        }
        return null;
    }

    /** The first of the files that has changed. */
    private @Nullable String change(Work work) throws PathRefused {
        for (var path : scope.changed(work)) {
            if (isChanged(work, path)) {
                return "%s has changed; expected it as it was".formatted(FileCheck.shown(path));
            }
        }
        return null;
    }

    private static boolean isChanged(Work work, Glob pattern) throws PathRefused {
        for (var path : work.changes().paths()) {
            if (pattern.matches(path) && isChanged(work, path)) {
                return true;
            }
        }
        return false;
    }

    /** A change of a file's mode alone is none. */
    private static boolean isChanged(Work work, String path) throws PathRefused {
        var before = work.changes().original(path);
        return work.has(path)
                ? !Arrays.equals(
                        before == null ? new byte[0] : before, work.changes().content(path))
                : before != null;
    }
}
