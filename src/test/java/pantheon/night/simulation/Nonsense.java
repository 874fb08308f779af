package pantheon.night.simulation;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.outcome.StopReason;

/** What a model says that says anything: broken calls, wrong tools, other people's files, noise without end. */
final class Nonsense {
    private static final List<String> BROKEN = Json.resource("/parser-cases.json")
            .required("cases")
            .valueStream()
            .map(shape -> shape.required("raw").stringValue())
            .toList();

    private static final List<String> PATHS = List.of(
            "../outside",
            "/etc/passwd",
            ".git/config",
            "file-0.txt/..",
            "a\\u0000b",
            "",
            "\\ud800",
            "file-1.txt",
            "new/file.txt");

    private static final List<String> TOOLS = List.of(
            "write_file", "replace_text", "read_file", "compute_diff", "delete_everything", "final", "Final", "");

    private static final List<String> ARGUMENTS = List.of(
            "{}",
            "{\"text\": \"anything\\n\"}",
            "{\"text\": \"half a pair \\ud83d\"}",
            "{\"text\": 1}",
            "{\"old\": \"line 1\\n\", \"new\": \"\"}",
            "{\"old\": \"no such line\", \"new\": \"x\", \"count\": 7}",
            "{\"status\": \"done\"}",
            "{\"status\": \"fail\"}",
            "{\"status\": \"fail\", \"reason\": \"no idea <|im_end|>\"}",
            "{\"status\": \"DONE\", \"more\": []}",
            "[]",
            "null");

    private final Chance chance;

    Nonsense(Chance chance) {
        this.chance = chance;
    }

    String text() {
        return switch (chance.below(8)) {
            case 0 -> noise(chance.scaled(7));
            case 1 -> "the same again and again ".repeat(chance.scaled(6));
            case 2, 3 -> chance.of(BROKEN);
            case 4 -> SimulatedEngine.call("read_file", "{\"path\": \"%s\"}".formatted(chance.of(PATHS)));
            case 5 -> {
                var whole = call();
                yield whole.substring(0, chance.below(whole.length() + 1));
            }
            case 6 -> call() + "\n" + call();
            default -> call();
        };
    }

    private String call() {
        return SimulatedEngine.call(chance.of(TOOLS), chance.of(ARGUMENTS));
    }

    private String noise(int length) {
        var noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            noise.append((char) (chance.oneIn(2) ? chance.below(128) : chance.below(Character.MAX_VALUE + 1)));
        }
        return noise.toString();
    }

    StopReason stopReason() {
        return chance.oneIn(2) ? StopReason.END_OF_TURN : chance.of(List.of(StopReason.values()));
    }

    /** More than was asked for, too. */
    int tokens(int limit) {
        return chance.oneIn(4) ? limit + chance.below(2) : chance.below(limit + 1);
    }
}
