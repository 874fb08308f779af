package pantheon.night.workspace.git;

import java.util.regex.Pattern;
import pantheon.night.contract.PlainText;

/** A line {@code Key: value} in the last paragraph of a commit's message. */
public record Trailer(String key, String value) {
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
