package pantheon.night.prompt;

import pantheon.night.contract.Json;

/**
 * How a call is written whose name and arguments are JSON: {@code open beforeName NAME afterName ARGUMENTS tail close}.
 *
 * @param open what stands before a call: the text of a control token, where the model has one
 * @param tail what stands between the arguments and {@code close}
 * @param close what stands behind it, as {@code open}
 */
public record CallForm(String open, String beforeName, String afterName, String tail, String close) {
    /** What stands between {@code open} and the arguments of a tool's call. */
    public String head(String tool) {
        return beforeName + Json.quote(tool) + afterName;
    }

    /**
     * A whole call.
     *
     * @param arguments a JSON object
     */
    public String written(String tool, String arguments) {
        return open + head(tool) + arguments + tail + close;
    }
}
