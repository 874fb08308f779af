package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to the service manager, heard on a real socket. */
final class NotifySocketTest {
    private static NotifySocket at(String socket) {
        return NotifySocket.of(Map.of("NOTIFY_SOCKET", socket));
    }

    @Test
    void tells_its_status_on_a_socket_with_a_path(@TempDir Path folder) {
        var path = folder.resolve("notify").toString();
        try (var socket = new Socket(path)) {
            at(path).status("12/40 tasks, 8 accepted, ends about 03:10");
            assertEquals("STATUS=12/40 tasks, 8 accepted, ends about 03:10", socket.receive());
        }
    }

    @Test
    void tells_its_end_on_an_abstract_socket() {
        var name = "pantheon-night-test-" + ProcessHandle.current().pid();
        try (var socket = new Socket("\0" + name)) {
            at("@" + name).stopping("stopping: the running task ends its step");
            assertEquals("STOPPING=1\nSTATUS=stopping: the running task ends its step", socket.receive());
        }
    }

    @Test
    void a_line_cannot_say_more_than_a_status(@TempDir Path folder) {
        var path = folder.resolve("notify").toString();
        try (var socket = new Socket(path)) {
            at(path).status("done\nMAINPID=1\u009b31m");
            assertEquals("STATUS=done MAINPID=1⟨U+009B⟩31m", socket.receive());
        }
    }

    @Test
    void a_night_goes_on_where_nobody_listens(@TempDir Path folder) {
        assertDoesNotThrow(() -> NotifySocket.of(Map.of()).status("nobody is named"));
        assertDoesNotThrow(() -> at(folder.resolve("nobody").toString()).status("nobody is there"));
        assertDoesNotThrow(() -> at("/" + "long".repeat(30)).status("no socket has such a name"));
    }

    /** A socket that receives datagrams, as the service manager has one; the JDK has none. */
    private static final class Socket implements AutoCloseable {
        private static final int DATAGRAM_THAT_DOES_NOT_WAIT = 2 | 0x800;

        private final Architecture architecture = Architecture.current();
        private final Kernel kernel = new Kernel(architecture);
        private final long descriptor;

        Socket(String name) {
            descriptor = kernel.call(SystemCall.SOCKET, SeccompFilter.AF_UNIX, DATAGRAM_THAT_DOES_NOT_WAIT)
                    .value();
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            try (var arena = Arena.ofConfined()) {
                var address = arena.allocate(Short.BYTES + bytes.length, Short.BYTES);
                address.set(ValueLayout.JAVA_SHORT, 0, (short) SeccompFilter.AF_UNIX);
                address.asSlice(Short.BYTES).copyFrom(MemorySegment.ofArray(bytes));
                long bind = architecture == Architecture.X86_64 ? 49 : 200;
                assertEquals(
                        0,
                        kernel.callNumber(bind, descriptor, address.address(), address.byteSize())
                                .errno());
            }
        }

        String receive() {
            try (var arena = Arena.ofConfined()) {
                var buffer = arena.allocate(4096);
                long read = architecture == Architecture.X86_64 ? 0 : 63;
                var length = kernel.callNumber(read, descriptor, buffer.address(), buffer.byteSize());
                assertEquals(0, length.errno(), "nothing was said");
                return new String(
                        buffer.asSlice(0, length.value()).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() {
            kernel.call(SystemCall.CLOSE, descriptor);
        }
    }
}
