package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Real processes that try what is denied; beside each the same without confinement. */
final class ConfinementTest {
    private static final int KILLED_BY_SIGSYS = 128 + 31;
    private static final Set<String> SOCKETS = Set.of("tcp4", "udp4", "tcp6", "netlink", "packet");
    private static final Set<String> FOR_ROOT_ONLY = Set.of("packet", "bpf", "finit_module");

    private static Probe.Run probe(String arguments) throws Exception {
        return Probe.run("exec " + Probe.command(ConfinementProbe.class) + " " + arguments);
    }

    private static Map<String, Integer> errnos(String confinement) throws Exception {
        var run = probe(confinement + " vectors");
        assertEquals(0, run.status(), run.out());
        var errnos = new HashMap<String, Integer>();
        run.out().lines().map(line -> line.split(" ")).forEach(line -> errnos.put(line[0], Integer.valueOf(line[1])));
        return errnos;
    }

    @Test
    void leaves_unix_sockets_only_and_denies_what_is_named() throws Exception {
        var confined = errnos("confined");
        assertEquals(17, confined.size());
        confined.forEach((vector, errno) -> {
            int expected = vector.equals("unix")
                    ? 0
                    : SOCKETS.contains(vector) ? SeccompFilter.EAFNOSUPPORT : SeccompFilter.EPERM;
            assertEquals(expected, errno, vector);
        });
    }

    @Test
    void the_same_goes_through_without_confinement() throws Exception {
        boolean root = ProcessHandle.current().info().user().orElse("").equals("root");
        errnos("free").forEach((vector, errno) -> {
            if (SOCKETS.contains(vector) && (root || !FOR_ROOT_ONLY.contains(vector))) {
                assertEquals(0, errno, vector);
            } else if (root || !FOR_ROOT_ONLY.contains(vector)) {
                assertNotEquals(SeccompFilter.EPERM, errno, vector);
            }
        });
    }

    @Test
    void every_thread_is_filtered_and_no_core_is_dumped() throws Exception {
        var confined = lines(probe("confined status"));
        assertTrue(confined.containsAll(List.of("NoNewPrivs: 1", "Seccomp: 2")), confined.toString());
        assertEquals(3, confined.size(), confined.toString());
        assertTrue(confined.contains("Max core file size 0 0 bytes "), confined.toString());
        assertTrue(lines(probe("free status")).contains("NoNewPrivs: 0"));
    }

    private static Set<String> lines(Probe.Run run) {
        assertEquals(0, run.status(), run.out());
        return new TreeSet<>(run.out().lines().toList());
    }

    @Test
    void calls_of_the_other_kind_of_x86_kill() throws Exception {
        boolean x86 = Architecture.current() == Architecture.X86_64;
        assertEquals(x86 ? KILLED_BY_SIGSYS : 0, probe("confined x32").status());
        assertEquals(new Probe.Run(0, SeccompFilter.ENOSYS + "\n"), probe("free x32"));
    }

    @Test
    void an_inherited_descriptor_is_closed() throws Exception {
        assertEquals(new Probe.Run(0, "false\n"), probe("confined descriptors 9</dev/null"));
        assertEquals(new Probe.Run(0, "true\n"), probe("free descriptors 9</dev/null"));
    }

    @Test
    void a_connection_as_standard_input_is_refused() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var connection = " 0<>/dev/tcp/127.0.0.1/" + server.getLocalPort();
            var refused = probe("confined vectors" + connection);
            assertEquals(1, refused.status(), refused.out());
            assertTrue(refused.out().contains("standard input (descriptor 0) is a socket of address family 2"));
            assertEquals(0, probe("free vectors" + connection).status());
        } catch (IOException e) {
            throw new AssertionError("no server on loopback", e);
        }
    }
}
