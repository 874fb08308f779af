package pantheon.night.model;

import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A native library that the program brings with it. */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** What to say where a library of the program's own cannot be loaded. */
    public static NightException uninstalled(String library, Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new NightException(
                ExitCode.UNAVAILABLE,
                "the native library of %s cannot be loaded: %s. Install the program anew, and see that a folder can be made in %s."
                        .formatted(library, cause, System.getProperty("java.io.tmpdir")),
                failure);
    }
}
