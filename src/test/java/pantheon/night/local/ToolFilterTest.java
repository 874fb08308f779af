package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter's program, run as the kernel runs it; so for the architecture that this is not, too. */
final class ToolFilterTest {
    private static final int THREAD = 0x3D0F00;
    private static final int NEW_NETWORK = 0x40000000;
    private static final int X32 = 0x40000000;
    private static final int SIGNAL_CHILD = 17;
    private static final int NEWEST = 469;
    private static final int UNIX = 1;
    private static final int INTERNET = 2;
    private static final int SEQUENCED_PACKETS = 5;
    private static final int NO_SIGNAL = 0x4000;
    private static final int EXCHANGE = 2;

    private static int judge(Architecture architecture, boolean metadata, SystemCall call, int... arguments) {
        return SeccompFilterTest.judge(
                ToolFilter.program(architecture, metadata),
                architecture.auditNumber(),
                call.number(architecture),
                arguments);
    }

    private static List<SystemCall> on(Architecture architecture, Collection<SystemCall> calls) {
        return calls.stream().filter(call -> call.existsOn(architecture)).toList();
    }

    private static void assertAll(
            int decision, Architecture architecture, boolean metadata, Collection<SystemCall> calls) {
        for (var call : on(architecture, calls)) {
            assertEquals(decision, judge(architecture, metadata, call, 0), call.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_call_of_the_kernels_table_is_decided_once(Architecture architecture) {
        var numbers = on(architecture, List.of(SystemCall.values())).stream()
                .map(call -> call.number(architecture))
                .toList();
        assertEquals(numbers.size(), new HashSet<>(numbers).size());
        var free = switch (architecture) {
            case X86_64 -> IntStream.rangeClosed(337, 423);
            case AARCH64 -> IntStream.concat(IntStream.rangeClosed(244, 259), IntStream.rangeClosed(295, 423));
        };
        var all = new HashSet<>(numbers);
        free.forEach(number -> assertTrue(all.add(number), () -> "number " + number));
        assertEquals(
                IntStream.rangeClosed(0, NEWEST).boxed().toList(),
                all.stream().sorted().toList());
    }

    @ParameterizedTest
    @EnumSource
    void what_a_program_needs_is_left(Architecture architecture) {
        assertAll(BpfProgram.ALLOW, architecture, true, ToolFilter.LEFT);
        assertAll(BpfProgram.ALLOW, architecture, false, ToolFilter.LEFT);
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.CLONE, THREAD));
        assertEquals(
                BpfProgram.fails(ToolFilter.EPERM),
                judge(architecture, true, SystemCall.CLONE, ToolFilter.SIBLING | SIGNAL_CHILD));
    }

    @ParameterizedTest
    @EnumSource
    void what_reaches_others_or_the_machine_fails(Architecture architecture) {
        for (boolean metadata : new boolean[] {true, false}) {
            assertAll(BpfProgram.fails(ToolFilter.EPERM), architecture, metadata, SeccompFilter.DENIED);
            assertAll(BpfProgram.fails(ToolFilter.EPERM), architecture, metadata, ToolFilter.DENIED);
        }
        assertTrue(ToolFilter.DENIED.containsAll(
                Set.of(SystemCall.SHMAT, SystemCall.SEMOP, SystemCall.MSGRCV, SystemCall.CHROOT, SystemCall.SYSLOG)));
        assertEquals(
                BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.CLONE, NEW_NETWORK | THREAD));
    }

    @ParameterizedTest
    @EnumSource
    void a_call_of_a_newer_kernel_is_as_if_it_was_not_there(Architecture architecture) {
        for (int number : List.of(NEWEST + 1, NEWEST + 2, 1000)) {
            assertEquals(
                    BpfProgram.fails(ToolFilter.ENOSYS),
                    SeccompFilterTest.judge(
                            ToolFilter.program(architecture, true), architecture.auditNumber(), number));
        }
        assertAll(
                BpfProgram.fails(ToolFilter.ENOSYS), architecture, true, Set.of(SystemCall.CLONE3, SystemCall.OPENAT2));
    }

    @ParameterizedTest
    @EnumSource
    void calls_of_another_architecture_kill(Architecture architecture) {
        for (var other : Architecture.values()) {
            int judged = SeccompFilterTest.judge(
                    ToolFilter.program(architecture, true), other.auditNumber(), SystemCall.READ.number(architecture));
            assertEquals(other == architecture ? BpfProgram.ALLOW : BpfProgram.KILL_PROCESS, judged);
        }
    }

    @Test
    void every_call_of_x32_kills() {
        for (var call : on(Architecture.X86_64, List.of(SystemCall.values()))) {
            int judged = SeccompFilterTest.judge(
                    ToolFilter.program(Architecture.X86_64, true),
                    Architecture.X86_64.auditNumber(),
                    X32 | call.number(Architecture.X86_64));
            assertEquals(BpfProgram.KILL_PROCESS, judged, call.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void there_is_no_socket_but_a_pair_of_streams(Architecture architecture) {
        var none = BpfProgram.fails(ToolFilter.EAFNOSUPPORT);
        assertAll(none, architecture, true, Set.of(SystemCall.SOCKET));
        for (int type : ToolFilter.PAIRS) {
            assertEquals(BpfProgram.ALLOW, judge(architecture, false, SystemCall.SOCKETPAIR, UNIX, type));
            assertEquals(none, judge(architecture, false, SystemCall.SOCKETPAIR, INTERNET, type));
            assertEquals(none, judge(architecture, false, SystemCall.SOCKETPAIR, UNIX, type + 1)); // datagrams
        }
        assertEquals(none, judge(architecture, false, SystemCall.SOCKETPAIR, UNIX, SEQUENCED_PACKETS));
    }

    @ParameterizedTest
    @EnumSource
    void a_pair_is_given_no_other_end_and_no_descriptor(Architecture architecture) {
        var denied = BpfProgram.fails(ToolFilter.EPERM);
        assertTrue(ToolFilter.DENIED.containsAll(Set.of(
                SystemCall.CONNECT,
                SystemCall.BIND,
                SystemCall.LISTEN,
                SystemCall.ACCEPT,
                SystemCall.ACCEPT4,
                SystemCall.SENDMSG,
                SystemCall.SENDMMSG,
                SystemCall.SETSOCKOPT)));
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.SENDTO, 3, 0, 1, NO_SIGNAL, 0, 0));
        assertEquals(denied, judge(architecture, true, SystemCall.SENDTO, 3, 0, 1, NO_SIGNAL, 0, 110));
        assertEquals(denied, judge(architecture, true, SystemCall.SENDTO, 3, 0, 1, NO_SIGNAL | ToolFilter.OUT_OF_BAND));
    }

    @ParameterizedTest
    @EnumSource
    void metadata_is_asked_for_by_a_tool_that_writes_and_denied_to_one_that_does_not(Architecture architecture) {
        assertAll(BpfProgram.ASK, architecture, true, ToolFilter.METADATA);
        assertAll(BpfProgram.fails(ToolFilter.EPERM), architecture, false, ToolFilter.METADATA);
    }

    @ParameterizedTest
    @EnumSource
    void attributes_are_none(Architecture architecture) {
        assertAll(BpfProgram.fails(ToolFilter.EOPNOTSUPP), architecture, true, ToolFilter.ATTRIBUTES);
        assertAll(BpfProgram.fails(ToolFilter.EPERM), architecture, false, ToolFilter.ATTRIBUTES);
        for (boolean metadata : new boolean[] {true, false}) {
            assertAll(BpfProgram.fails(ToolFilter.EOPNOTSUPP), architecture, metadata, ToolFilter.ATTRIBUTES_ASKED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void limits_and_processors_are_its_own(Architecture architecture) {
        for (var call : ToolFilter.OF_ITSELF_ONLY) {
            assertEquals(BpfProgram.ALLOW, judge(architecture, true, call, 0), call.name());
            assertEquals(BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, call, 1), call.name());
        }
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.PERSONALITY, -1));
        assertEquals(BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.PERSONALITY, 0x40000));
    }

    @ParameterizedTest
    @EnumSource
    void requests_are_listed(Architecture architecture) {
        ToolFilter.IOCTLS.forEach(
                request -> assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.IOCTL, 3, request)));
        ToolFilter.DENIED_IOCTLS.forEach(request -> assertEquals(
                BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.IOCTL, 3, request)));
        assertEquals(BpfProgram.fails(ToolFilter.ENOTTY), judge(architecture, true, SystemCall.IOCTL, 3, 0x1234));
        ToolFilter.FCNTLS.forEach(
                command -> assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.FCNTL, 3, command)));
        ToolFilter.DENIED_FCNTLS.forEach(command -> assertEquals(
                BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.FCNTL, 3, command)));
        assertEquals(BpfProgram.fails(ToolFilter.EINVAL), judge(architecture, true, SystemCall.FCNTL, 3, 12345));
    }

    @ParameterizedTest
    @EnumSource
    void no_file_is_made_that_lends_its_user(Architecture architecture) {
        int create = 0x41;
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.OPENAT, 3, 0, create, 0755));
        assertEquals(
                BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.OPENAT, 3, 0, create, 04755));
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.OPENAT, 3, 0, 0, 04755)); // makes none
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.MKDIRAT, 3, 0, 0755));
        assertEquals(BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.MKDIRAT, 3, 0, 02755));
        assertEquals(BpfProgram.fails(ToolFilter.EPERM), judge(architecture, true, SystemCall.MKNODAT, 3, 0, 0104755));
    }

    @ParameterizedTest
    @EnumSource
    void a_rename_leaves_no_device(Architecture architecture) {
        assertEquals(BpfProgram.ALLOW, judge(architecture, true, SystemCall.RENAMEAT2, 3, 0, 3, 0, EXCHANGE));
        assertEquals(
                BpfProgram.fails(ToolFilter.EINVAL),
                judge(architecture, true, SystemCall.RENAMEAT2, 3, 0, 3, 0, ToolFilter.WHITEOUT));
    }
}
