package pantheon.night.prompt.call;

import java.util.List;
import pantheon.night.contract.Json;

/** How a family of models writes a call; grammars spell the same. */
public sealed interface CallForm {
    /** What stands before a call: the text of a control token, where the model has one. */
    String open();

    /** What stands behind a call, as {@link #open}. */
    String close();

    /**
     * Name and arguments are JSON: {@code open beforeName NAME afterName ARGUMENTS tail close}.
     *
     * @param tail what stands between the arguments and {@code close}
     */
    record OfJson(String open, String beforeName, String afterName, String tail, String close) implements CallForm {
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

    /**
     * Each argument stands between tags: {@code open beforeName NAME afterName}, for each argument {@code beforeKey KEY
     * afterKey VALUE afterValue}, and then {@code tail close}.
     *
     * <p>A value that is a string is written as it is, and ends where {@code afterValue} begins; any other is JSON.
     *
     * @param afterValue begins with a line end
     * @param pythonWords whether a value that is true, false or null is {@code True}, {@code False} or {@code None}
     * @param never what no string can hold: texts that would be taken for the value's end, or for control tokens
     */
    record OfXml(
            String open,
            String beforeName,
            String afterName,
            String beforeKey,
            String afterKey,
            String afterValue,
            String tail,
            String close,
            boolean pythonWords,
            List<String> never)
            implements CallForm {
        public OfXml {
            if (!afterValue.startsWith("\n")) {
                throw new IllegalArgumentException("afterValue is %s; expected a line end first".formatted(afterValue));
            }
            never = List.copyOf(never);
        }
    }

    /**
     * A call is one of Python with its arguments by name: {@code open before NAME(KEY=VALUE, KEY=VALUE) after close}.
     *
     * @param between what stands between two calls that share {@code open} and {@code close}
     * @param values how values are written
     */
    record OfPython(String open, String before, String between, String after, String close, Values values)
            implements CallForm {
        /** How values are written. */
        public enum Values {
            /** As JSON. */
            JSON,
            /** Strings between single quotes, True, False and None as Python has them; lists and dicts as JSON. */
            QUOTED,
            /** All as Python has them, strings between double quotes with the escapes of JSON. */
            PYTHON
        }
    }
}
