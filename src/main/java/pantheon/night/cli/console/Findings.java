package pantheon.night.cli.console;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** What was found of each thing that was looked at: said at once, and all of it as one JSON value. */
public final class Findings {
    private final Output output;
    private final ObjectNode json = Json.object();
    private ExitCode worst = ExitCode.OK;

    public Findings(Output output) {
        this.output = output;
        json.put("ok", true).putArray("findings");
    }

    /**
     * Looks at a thing, which is as it should be unless that throws.
     *
     * @return whether it is
     */
    public boolean check(String what, Supplier<String> finding) {
        try {
            found(Mark.OK, what, List.of(finding.get()));
            return true;
        } catch (NightException e) {
            worst = worst == ExitCode.OK ? e.exitCode() : worst;
            found(Mark.PROBLEM, what, e.lines());
            return false;
        }
    }

    /** Looks at a thing that nothing depends on. */
    public void look(Mark otherwise, String what, Supplier<String> finding) {
        try {
            found(Mark.OK, what, List.of(finding.get()));
        } catch (NightException e) {
            found(otherwise, what, e.lines());
        }
    }

    /** Looks at a thing where an answer means something, and says where to ask in every other place. */
    public void check(boolean isAskedHere, String what, String elsewhere, Supplier<String> finding) {
        if (isAskedHere) {
            check(what, finding);
        } else {
            found(Mark.UNASKED, what, List.of(elsewhere));
        }
    }

    /** Says what is known of a thing. */
    public void found(Mark mark, String what, List<String> lines) {
        var words = json.withArray("findings")
                .addObject()
                .put("state", mark.word().strip().toLowerCase(Locale.ROOT))
                .put("what", what)
                .putArray("words");
        lines.forEach(words::add);
        for (var line : lines) {
            output.found(mark, "%s: %s".formatted(what, line));
        }
    }

    /** The exit code of the first problem. */
    public ExitCode worst() {
        return worst;
    }

    /** All of it. */
    public ObjectNode json() {
        return json.put("ok", worst == ExitCode.OK);
    }
}
