package pantheon.night.tool.command;

import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.local.child.ChildEnd;
import pantheon.night.local.child.ChildLimits;
import pantheon.night.tool.ToolResult;

/**
 * A command's end as a tool's result.
 *
 * @param exits the exit codes that are a result
 * @param shownCharacters how much of each stream the result holds
 */
record ResultText(List<Integer> exits, int shownCharacters, ChildLimits limits) {
    private static final int REASON_CHARACTERS = 300;

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL",
            6, "SIGABRT",
            7, "SIGBUS",
            8, "SIGFPE",
            9, "SIGKILL",
            11, "SIGSEGV",
            13, "SIGPIPE",
            24, "SIGXCPU: its CPU time was spent",
            25, "SIGXFSZ: a file grew too large",
            31, "SIGSYS: a system call of a foreign architecture");

    /** @param names absolute paths that differ from run to run → what the result holds in their place */
    ToolResult result(ChildEnd end, Map<String, String> names) {
        if (!end.gone()) {
            return new ToolResult.TimedOut(false);
        }
        return switch (end.stop()) {
            case TIME, INTERRUPTED -> new ToolResult.TimedOut(true);
            case OUTPUT ->
                new ToolResult.Failed(
                        "output_limit",
                        "the command wrote more than %d bytes and was stopped".formatted(limits.outputBytes()));
            case PROCESSES ->
                new ToolResult.Failed(
                        "process_limit",
                        "the command had more than %d processes and threads at a time and was stopped"
                                .formatted(limits.processes()));
            case UNWATCHED ->
                new ToolResult.Failed(
                        "unwatched", "the process that watches the command was ended, and the command with it");
            case ARGUMENTS ->
                new ToolResult.Failed("arguments", "the arguments are more than a command takes on this machine");
            case NONE -> ended(end, names);
        };
    }

    private ToolResult ended(ChildEnd end, Map<String, String> names) {
        var error = text(end.error(), names);
        if (end.signal() != 0) {
            return bySignal(end.signal());
        }
        if (!exits.contains(end.exitCode())) {
            return byExitCode(end.exitCode(), error);
        }
        return new ToolResult.Returned(Json.object()
                .put("exit_code", end.exitCode())
                .put("stdout", shown(text(end.output(), names)))
                .put("stderr", shown(error)));
    }

    private static ToolResult bySignal(int signal) {
        var name = SIGNALS.containsKey(signal) ? ", " + SIGNALS.get(signal) : "";
        return new ToolResult.Failed("signal", "the command was ended by signal %d%s".formatted(signal, name));
    }

    private ToolResult byExitCode(int exitCode, String error) {
        var last = error.strip().lines().reduce("", (before, line) -> line);
        var reason = last.isEmpty() ? "" : ": " + head(last, REASON_CHARACTERS);
        return new ToolResult.Failed(
                "exit_code",
                "the command ended with exit code %d; expected one of %s%s".formatted(exitCode, exits, reason));
    }

    private static String text(String whole, Map<String, String> names) {
        var text = whole;
        for (var name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }

    private String shown(String text) {
        var head = head(text, shownCharacters);
        return head.length() == text.length()
                ? text
                : "%s\n[cut: %d more characters]".formatted(head, text.length() - head.length());
    }

    /** Never half of a surrogate pair. */
    private static String head(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters);
    }
}
