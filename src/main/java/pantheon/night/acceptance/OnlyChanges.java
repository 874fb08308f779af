package pantheon.night.acceptance;

import java.util.List;
import pantheon.night.contract.Json;

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
    public CheckResult check(Work work) {
        var allowed = fields.stream()
                .map(field -> work.input().required(field).stringValue())
                .toList();
        return work.changes().paths().stream()
                .filter(path -> !allowed.contains(path))
                .findFirst()
                .map(path -> CheckResult.failed(this, "another file changed: " + Json.quote(path)))
                .orElseGet(() -> CheckResult.passed(this));
    }
}
