package pantheon.night.cli.console;

import java.io.PrintWriter;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a command says: lines for people on standard error or output, or one JSON value on standard output.
 *
 * @param json whether the result is wanted as JSON; then nothing else goes to standard output
 */
public record Output(PrintWriter out, PrintWriter err, boolean json, boolean verbose, boolean quiet) {
    /** A line for a person. */
    public void say(String line) {
        if (!quiet && !json) {
            out.println(line);
            out.flush();
        }
    }

    /** A line for a person who asked for more. */
    public void detail(String line) {
        if (verbose) {
            say(line);
        }
    }

    /** A line that is said in any case. */
    public void warn(String line) {
        err.println(line);
        err.flush();
    }

    /** The command's result, where JSON was asked for. */
    public void result(JsonNode value) {
        if (json) {
            out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
            out.flush();
        }
    }

    /** Whether a person looks on, so that a line can be written over. */
    @SuppressWarnings("SystemConsoleNull") // it is null where neither side is a terminal
    boolean isTerminal() {
        var console = System.console();
        return !json && !quiet && console != null && console.isTerminal();
    }

    /** Text in a colour of the terminal, plain where {@code NO_COLOR} is set or nobody looks on. */
    public String coloured(int code, String text) {
        var off = System.getenv("NO_COLOR");
        return isTerminal() && (off == null || off.isEmpty()) ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
