package pantheon.night.config;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** What is wrong with the configuration, collected so that a person sees all of it at once. */
public final class Problems {
    private final List<String> lines = new ArrayList<>();

    /**
     * @param place the file and line, or the variable or flag
     * @param what what is wrong, what was expected, and what to do
     */
    void add(String place, String what) {
        lines.add(place + ": " + what);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Throws all of them, with exit code 78, if there are any. */
    public void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new NightException(ExitCode.CONFIG, String.join("\n", lines));
        }
    }
}
