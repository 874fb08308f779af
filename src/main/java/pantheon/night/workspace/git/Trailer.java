package pantheon.night.workspace.git;

import java.util.regex.Pattern;
import pantheon.night.contract.PlainText;

/** A line {@code Key: value} in the last paragraph of a commit's message. */
public record Trailer(String key, String value) {
    /** The id of the task whose work a commit is. */
    public static final String TASK = "Night-Task";

    /** The idempotency key of a task's commit. */
    public static final String IDEMPOTENCY_KEY = "Night-Key";

    /** That a person had lines of a commit merged with others without asking checks again. */
    public static final String UNCHECKED = "Night-Unchecked";

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    public Trailer {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a trailer's key: " + key);
        }
        if (!PlainText.isTrimmedLine(value)) {
            throw new IllegalArgumentException("not a trailer's value, which is one trimmed line: " + value);
        }
    }

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
