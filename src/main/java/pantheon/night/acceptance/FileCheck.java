package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.workspace.files.PathRefused;

/** A check on the text of each file of a scope; the first problem of the first file that has one is told. */
abstract class FileCheck implements Check {
    private final String name;
    private final Scope scope;

    FileCheck(String name, Scope scope) {
        this.name = name;
        this.scope = scope;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> fileFields() {
        return scope.fields();
    }

    @Override
    public final CheckResult check(Work work) {
        try {
            var files = scope.files(work);
            if (files.isEmpty()) {
                return nothing() ? CheckResult.passed(this) : CheckResult.failed(this, none());
            }
            for (var path : files) {
                var problem = problem(work, path);
                if (problem != null) {
                    return CheckResult.failed(this, problem);
                }
            }
            return CheckResult.passed(this);
        } catch (PathRefused e) {
            return CheckResult.failed(this, String.valueOf(e.getMessage()));
        }
    }

    private String none() {
        return "no changed file matches %s; expected one that does".formatted(scope.patterns());
    }

    /** Whether it passes where no file is to be looked at. */
    boolean nothing() {
        return true;
    }

    private @Nullable String problem(Work work, String path) throws PathRefused {
        try {
            return problem(work, path, work.text(path));
        } catch (CharacterCodingException e) {
            return "%s is no UTF-8 text".formatted(shown(path));
        }
    }

    /** What is wrong with a file, for a person, null where nothing is. */
    abstract @Nullable String problem(Work work, String path, String text) throws PathRefused, CharacterCodingException;

    /** A path in a message: plain where it is, else as a JSON string. */
    static String shown(String path) {
        var quoted = Json.quote(path);
        return quoted.length() == path.length() + 2 && path.indexOf(' ') < 0 ? path : quoted;
    }

    /** A place in a message, {@code FILE:LINE}. */
    static String place(String path, int line) {
        return shown(path) + ":" + line;
    }
}
