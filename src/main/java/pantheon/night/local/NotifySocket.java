package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pantheon.night.VisibleText;

/**
 * The socket on which the service manager that started this process is told how far it is, after sd_notify(3). Where
 * there is none, nothing is said. What is said changes nothing for the night: a datagram that cannot be sent is warned
 * of, once.
 */
public final class NotifySocket {
    private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);
    private static final String VARIABLE = "NOTIFY_SOCKET";
    private static final int DATAGRAM_CLOSED_ON_EXEC = 2 | 0x80000;
    private static final int FAMILY_BYTES = Short.BYTES;

    /** Of {@code sun_path}, with the zero that ends a path. */
    private static final int PATH_BYTES = 108;

    private final String socket;
    private boolean warned;

    private NotifySocket(String socket) {
        this.socket = socket;
    }

    /** The one that {@code NOTIFY_SOCKET} names in an environment: a path, or "@" and an abstract name. */
    public static NotifySocket of(Map<String, String> environment) {
        return new NotifySocket(environment.getOrDefault(VARIABLE, ""));
    }

    /** Shows a line where the state of services is shown. */
    public void status(String line) {
        tell("STATUS=" + oneLine(line));
    }

    /** Says that this process is ending, and why. */
    public void stopping(String line) {
        tell("STOPPING=1\nSTATUS=" + oneLine(line));
    }

    private static String oneLine(String line) {
        return VisibleText.line(line);
    }

    private synchronized void tell(String message) {
        if (socket.isEmpty() || warned) {
            return;
        }
        var failed = send(message);
        if (!failed.isEmpty()) {
            warned = true;
            LOG.warn("the service manager is told no status any more: {} is \"{}\", and {}", VARIABLE, socket, failed);
        }
    }

    /** What went wrong; empty where nothing did. */
    private String send(String message) {
        var address = address();
        if (address.length > FAMILY_BYTES + PATH_BYTES) {
            return "that is longer than %d bytes".formatted(PATH_BYTES);
        }
        var kernel = new Kernel(Architecture.current());
        var made = kernel.call(SystemCall.SOCKET, SeccompFilter.AF_UNIX, DATAGRAM_CLOSED_ON_EXEC);
        if (!made.succeeded()) {
            return "socket failed (errno %d)".formatted(made.errno());
        }
        try {
            return send(message, kernel, made.value(), address);
        } finally {
            kernel.call(SystemCall.CLOSE, made.value());
        }
    }

    private static String send(String message, Kernel kernel, long descriptor, byte[] address) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
            var connected = kernel.call(SystemCall.CONNECT, descriptor, name.address(), name.byteSize());
            if (!connected.succeeded()) {
                return "connect failed (errno %d)".formatted(connected.errno());
            }
            var text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message.getBytes(StandardCharsets.UTF_8));
            var written = kernel.call(SystemCall.WRITE, descriptor, text.address(), text.byteSize());
            return written.succeeded() ? "" : "write failed (errno %d)".formatted(written.errno());
        }
    }

    /** A {@code sockaddr_un}: the family, then the name; an abstract one begins with a zero instead of the "@". */
    private byte[] address() {
        var name = socket.getBytes(StandardCharsets.UTF_8);
        if (name[0] == '@') {
            name[0] = 0;
        }
        var address = new byte[FAMILY_BYTES + name.length];
        MemorySegment.ofArray(address).set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) SeccompFilter.AF_UNIX);
        System.arraycopy(name, 0, address, FAMILY_BYTES, name.length);
        return address;
    }
}
