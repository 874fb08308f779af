package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;

/** The terminal that this process writes to (ioctl_tty(2)). */
public final class Terminal {
    private static final int STANDARD_OUTPUT = 1;

    /** TIOCGWINSZ: rows, columns, and two sizes in pixels, each an unsigned short. */
    private static final int WINDOW_SIZE = 0x5413;

    private static final int SHORTS = 4;
    private static final int COLUMNS = 1;

    private Terminal() {}

    /** How many columns it has; empty where standard output is no terminal, or one that does not know. */
    public static OptionalInt columns() {
        var kernel = new Kernel(Architecture.current());
        try (var arena = Arena.ofConfined()) {
            var size = arena.allocate(ValueLayout.JAVA_SHORT, SHORTS);
            boolean isTerminal = kernel.call(SystemCall.IOCTL, STANDARD_OUTPUT, WINDOW_SIZE, size.address())
                    .succeeded();
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, COLUMNS));
            return isTerminal && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        }
    }
}
