package pantheon.night.cli.console;

import java.io.PrintWriter;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a command says: lines for people on standard error or output, or one JSON value on standard output. Every
 * character of a line can be seen, whoever wrote it: none turns the line, and none commands a terminal.
 *
 * @param json whether the result is wanted as JSON; then nothing else goes to standard output
 */
public record Output(PrintWriter out, PrintWriter err, boolean json, boolean verbose, boolean quiet) {
    /** A line for a person. */
    public void say(String line) {
        if (!quiet && !json) {
            print(VisibleText.line(line));
        }
    }

    /** A line for a person, about what one may want to look at. */
    public void note(String line) {
        if (!quiet && !json) {
            print(SystemJournal.NOTICE.beforeOutput() + VisibleText.line(line));
        }
    }

    /** A line for a person who asked for more. */
    public void detail(String line) {
        if (verbose) {
            say(line);
        }
    }

    /** What a command works with, for a person who asked for more; beside its result, whatever form that has. */
    public void aside(String line) {
        if (verbose && !quiet) {
            err.println(VisibleText.line(line));
            err.flush();
        }
    }

    /** A line for a person that begins with a mark. */
    public void say(Mark mark, String line) {
        if (!quiet) {
            found(mark, line);
        }
    }

    /** A finding of a command whose findings are its result: problems are said in any case. */
    void found(Mark mark, String line) {
        if (!json && (!quiet || mark == Mark.PROBLEM)) {
            print(coloured(mark) + " " + VisibleText.line(line));
        }
    }

    /** A line that is said in any case. */
    public void warn(String line) {
        SystemJournal.WARNING.print(err, line);
    }

    /** A line that is said in any case, and tells of what kept the command from its end. */
    public void error(String line) {
        SystemJournal.ERROR.print(err, line);
    }

    /** What went wrong, each of its lines. */
    public static void error(PrintWriter err, NightException failure) {
        failure.lines().forEach(line -> SystemJournal.ERROR.print(err, line));
    }

    /** The command's result, where JSON was asked for. */
    public void result(JsonNode value) {
        if (json) {
            print(VisibleText.json(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)));
        }
    }

    /** One of a command's results, a line each, where JSON was asked for. */
    public void resultLine(JsonNode value) {
        if (json) {
            print(VisibleText.json(Json.write(value)));
        }
    }

    /** Text of several lines for a person, with its tabs. */
    public void block(String text) {
        if (!quiet && !json) {
            print(VisibleText.block(text));
        }
    }

    /** A patch for a person, its lines with their tabs; coloured where a person looks on. */
    public void patch(String patch) {
        if (!quiet && !json) {
            patch.lines().forEach(line -> print(PatchColour.of(line).shown(VisibleText.block(line), isColoured())));
        }
    }

    /** Whether what is said still goes somewhere; a reader of a pipe may have left, and then looking for more is in vain. */
    public boolean isHeard() {
        return !out.checkError();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Writes a line over the one that was written so before; for terminals alone. */
    public void writeOver(String line) {
        out.print("\r\u001b[K" + VisibleText.line(line));
        out.flush();
    }

    /** The same to other places. */
    public Output to(PrintWriter otherOut, PrintWriter otherErr) {
        return new Output(otherOut, otherErr, json, verbose, quiet);
    }

    /** Whether a person looks on and types, so that a line can be written over. */
    @SuppressWarnings("SystemConsoleNull") // it is null where neither side is a terminal
    public boolean isTerminal() {
        var console = System.console();
        return !json && !quiet && console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** A mark's word, in its colour; plain where {@code NO_COLOR} is set, the terminal knows none, or nobody looks on. */
    private String coloured(Mark mark) {
        return isColoured() ? "\u001b[%dm%s\u001b[0m".formatted(mark.colour(), mark.word()) : mark.word();
    }

    private boolean isColoured() {
        var off = System.getenv("NO_COLOR");
        return isTerminal() && (off == null || off.isEmpty());
    }
}
