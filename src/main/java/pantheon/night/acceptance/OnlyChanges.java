package pantheon.night.acceptance;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.workspace.files.PathRefused;

/** No file has changed but those that some fields of the input name. */
record OnlyChanges(List<String> fields) implements Check {
    OnlyChanges {
        fields = List.copyOf(fields);
    }

    @Override
    public String name() {
        return "only_changes";
    }

    @Override
    public List<String> fileFields() {
        return fields;
    }

    @Override
    public CheckResult check(Work work) {
        try {
            return check(work, allowed(work));
        } catch (PathRefused e) {
            return CheckResult.failed(this, "a field of the input names no file: " + e.getMessage());
        }
    }

    private List<String> allowed(Work work) throws PathRefused {
        var allowed = new ArrayList<String>();
        for (var field : fields) {
            allowed.add(work.path(field));
        }
        return allowed;
    }

    private CheckResult check(Work work, List<String> allowed) {
        return work.changes().paths().stream()
                .filter(path -> !allowed.contains(path))
                .findFirst()
                .map(path -> CheckResult.failed(this, "another file changed: " + Json.quote(path)))
                .orElseGet(() -> CheckResult.passed(this));
    }
}
