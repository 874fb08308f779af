package pantheon.night.local.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.local.Probe;

/** Evidence collected by real processes: with what it is about, and without. */
final class PreflightTest {
    private static final boolean ROOT =
            ProcessHandle.current().info().user().orElse("").equals("root");

    /** Before a command that needs root: in a user namespace of its own where this user is not. */
    private static final String AS_ROOT = ROOT ? "" : "unshare --user --map-root-user ";

    /** A clean environment, with what the launcher sets. */
    private static final String CLEAN = "env -i HOME=/nonexistent ORT_DISABLE_TELEMETRY=1 OPT_OUT_TRACKING=true ";

    private static final String OFFLINE = " -Dai.djl.offline=true ";

    @TempDir
    private Path folder;

    private record Found(boolean holds, String words) {}

    /** What a probe found for every check, by its code. */
    private record Seen(Map<String, Found> found) {
        Found of(String code) {
            return Objects.requireNonNull(found.get(code));
        }

        /** The checks of the process's own that do not hold. */
        Set<String> missing() {
            return found.keySet().stream()
                    .filter(code -> !of(code).holds()
                            && !PreflightCheck.of(code).orElseThrow().isLayer())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Seen evidence(String before, String java, String arguments) throws Exception {
        var run = Probe.run("exec " + before + java.replaceFirst(" ", OFFLINE) + " " + arguments);
        assertEquals(0, run.status(), run.out());
        var found = new HashMap<String, Found>();
        run.out()
                .lines()
                .map(line -> line.split("\t"))
                .forEach(line -> found.put(line[0], new Found(Boolean.parseBoolean(line[1]), line[2])));
        assertEquals(codes(), found.keySet());
        return new Seen(found);
    }

    private static Set<String> codes() {
        return Arrays.stream(PreflightCheck.values()).map(PreflightCheck::code).collect(Collectors.toSet());
    }

    private static Seen evidence(String before, String arguments) throws Exception {
        return evidence(before + CLEAN, Probe.command(PreflightProbe.class), arguments);
    }

    @Test
    void a_confined_process_in_a_clean_environment_has_all_that_is_its_own() throws Exception {
        assertEquals(Set.of(), evidence("", "confined /nonexistent").missing());
    }

    @Test
    void a_process_that_is_not_confined_has_none_of_it() throws Exception {
        var found = evidence("", "free /nonexistent");
        for (var check : Set.of(
                PreflightCheck.NO_NEW_PRIVILEGES,
                PreflightCheck.SECCOMP,
                PreflightCheck.SOCKETS,
                PreflightCheck.IO_URING,
                PreflightCheck.DENIED_CALLS,
                PreflightCheck.CORE_DUMPS)) {
            assertFalse(found.of(check.code()).holds(), check.code());
        }
        assertTrue(
                found.of("sockets").words().startsWith("AF_INET (with"),
                found.of("sockets").words());
        assertTrue(
                found.of("denied_calls").words().contains("bpf"),
                found.of("denied_calls").words());
    }

    @Test
    void a_network_namespace_of_its_own_shows() throws Exception {
        var inside =
                evidence(AS_ROOT + "unshare --net ", "confined /nonexistent").of("private_network");
        assertEquals(new Found(true, "lo alone, no route"), inside);
        var withDevice = evidence(
                AS_ROOT + "unshare --net bash -c 'ip link add way type bridge && ip addr add 192.0.2.7/24 dev way"
                        + " && ip link set way up && exec \"$@\"' - ",
                "confined /nonexistent");
        assertEquals(new Found(false, "devices way, routes over way"), withDevice.of("private_network"));
    }

    @Test
    void a_socket_without_a_route_is_told_from_one_with() throws Exception {
        var words = evidence(AS_ROOT + "unshare --net ", "free /nonexistent")
                .of("sockets")
                .words();
        assertTrue(words.startsWith("AF_INET (without a route)"), words);
    }

    @Test
    void capabilities_show_where_there_are_any() throws Exception {
        var none = evidence(AS_ROOT + "setpriv --bounding-set=-all --inh-caps=-all ", "confined /nonexistent");
        assertTrue(none.of("no_capabilities").holds(), none.toString());
        var all = evidence(AS_ROOT, "confined /nonexistent").of("no_capabilities");
        assertFalse(all.holds());
        assertTrue(all.words().startsWith("CapPrm 0"), all.words());
    }

    @Test
    void root_shows_and_another_user_passes(@TempDir Path classes) throws Exception {
        assertEquals(
                new Found(false, "Uid 0 0 0 0"),
                evidence(AS_ROOT, "confined /nonexistent").of("not_root"));
        var other = evidence(
                (ROOT ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "") + CLEAN,
                Probe.commandForEveryUser(PreflightProbe.class, classes),
                "confined /nonexistent");
        assertTrue(other.of("not_root").holds(), other.toString());
        assertEquals(Set.of(), other.missing());
    }

    @Test
    void the_gates_proof_counts_if_it_is_roots_of_this_boot_and_about_this_user() throws Exception {
        var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        var proof = "{\"time\":\"2026-11-24T22:00:00Z\",\"boot_id\":\"%s\",\"uid\":%d,\"denied\":[\"tcp4\"]}\n";
        var file = folder.resolve("proof.json");
        assertEquals(new Found(false, "no " + file), gate(file));
        Files.writeString(file, proof.formatted(boot, 0));
        assertEquals(new Found(true, file + " of 2026-11-24T22:00:00Z"), gate(file));
        Files.writeString(file, proof.formatted("another", 0));
        assertEquals(new Found(false, file + " of another boot"), gate(file));
        Files.writeString(file, proof.formatted(boot, 7));
        assertEquals(new Found(false, file + " about another user than 0"), gate(file));
        Files.writeString(file, proof.formatted(boot, 0));
        Probe.run("chmod g+w " + file);
        assertEquals(new Found(false, file + ", which others than root can write"), gate(file));
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertEquals(new Found(false, link + " is no small regular file"), gate(link));
    }

    private static Found gate(Path file) throws Exception {
        return evidence(AS_ROOT, "confined " + file).of("gate");
    }

    @Test
    void a_connection_that_was_handed_in_shows() throws Exception {
        var command = Probe.command(PreflightProbe.class).replaceFirst(" ", OFFLINE);
        try (var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var run = Probe.run(
                    "exec " + CLEAN + command + " free /nonexistent 9<>/dev/tcp/127.0.0.1/" + server.getLocalPort());
            assertTrue(run.out().contains("descriptors\tfalse\t9 is a socket of address family 2"), run.out());
        }
    }

    @Test
    void what_is_missing_is_told_at_once_with_what_to_do() throws Exception {
        var surroundings = new Preflight.Surroundings(
                Map.of("HF_TOKEN", "x"), Map.of(), folder, folder.resolve("proof"), Set.of("https://api.example"));
        var proof = new Preflight(surroundings, Set.of(PreflightCheck.GATE)).whole();
        var thrown = org.junit.jupiter.api.Assertions.assertThrows(pantheon.night.NightException.class, proof::demand);
        assertEquals(pantheon.night.ExitCode.EGRESS, thrown.exitCode());
        for (var evidence : proof.missing()) {
            var line = "  %s: found %s; expected %s. %s"
                    .formatted(
                            evidence.check().code(),
                            evidence.found(),
                            evidence.check().expected(),
                            evidence.check().remedy());
            assertTrue(thrown.getMessage().contains(line), thrown.getMessage());
        }
        var codes = proof.missing().stream()
                .map(evidence -> evidence.check().code())
                .toList();
        assertTrue(codes.containsAll(Set.of("variables", "engines", "gate", "telemetry", "seccomp")), codes.toString());
        assertFalse(codes.contains("private_network"));
    }
}
