package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter's program, run as the kernel runs it; so for the architecture that this is not, too. */
final class SeccompFilterTest {
    private static final int ORDINARY_CALL = 1;
    private static final int AF_INET = 2;
    private static final int NEW_NETWORK = 0x40000000;
    private static final int THREAD = 0x3D0F00;

    /** What the program returns for a call. */
    private static int judge(List<SeccompFilter.Instruction> program, int architecture, int number, int argument) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            var now = program.get(at++);
            boolean jumps;
            switch (now.code()) {
                case SeccompFilter.RETURN -> {
                    return now.operand();
                }
                case SeccompFilter.LOAD -> {
                    accumulator = switch (now.operand()) {
                        case SeccompFilter.NUMBER_OFFSET -> number;
                        case SeccompFilter.ARCHITECTURE_OFFSET -> architecture;
                        case SeccompFilter.ARGUMENT_OFFSET, SeccompFilter.SECOND_ARGUMENT_OFFSET -> argument;
                        default -> throw new AssertionError("loads " + now.operand());
                    };
                    continue;
                }
                case SeccompFilter.JUMP_IF_EQUAL -> jumps = accumulator == now.operand();
                case SeccompFilter.JUMP_IF_AT_LEAST -> jumps = Integer.compareUnsigned(accumulator, now.operand()) >= 0;
                case SeccompFilter.JUMP_IF_ANY_BIT -> jumps = (accumulator & now.operand()) != 0;
                default -> throw new AssertionError("code " + now.code());
            }
            at += jumps ? now.ifTrue() : now.ifFalse();
        }
    }

    private static int judge(Architecture architecture, SystemCall call, int argument) {
        return judge(
                SeccompFilter.program(architecture), architecture.auditNumber(), call.number(architecture), argument);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_named_fails(Architecture architecture) {
        for (var call : SeccompFilter.DENIED) {
            assertEquals(SeccompFilter.fails(SeccompFilter.EPERM), judge(architecture, call, 0), call.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_unix_sockets_are_left(Architecture architecture) {
        for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            assertEquals(SeccompFilter.ALLOW, judge(architecture, call, SeccompFilter.AF_UNIX));
            assertEquals(SeccompFilter.fails(SeccompFilter.EAFNOSUPPORT), judge(architecture, call, AF_INET));
        }
    }

    @ParameterizedTest
    @EnumSource
    void threads_start_and_namespaces_do_not(Architecture architecture) {
        assertEquals(SeccompFilter.ALLOW, judge(architecture, SystemCall.CLONE, THREAD));
        assertEquals(
                SeccompFilter.fails(SeccompFilter.EPERM), judge(architecture, SystemCall.CLONE, NEW_NETWORK | THREAD));
        assertEquals(SeccompFilter.fails(SeccompFilter.ENOSYS), judge(architecture, SystemCall.CLONE3, 0));
    }

    @ParameterizedTest
    @EnumSource
    void other_calls_pass_and_those_of_another_architecture_kill(Architecture architecture) {
        var program = SeccompFilter.program(architecture);
        assertEquals(SeccompFilter.ALLOW, judge(architecture, SystemCall.CLOSE, 0));
        for (var other : Architecture.values()) {
            int expected = other == architecture ? SeccompFilter.ALLOW : SeccompFilter.KILL_PROCESS;
            assertEquals(expected, judge(program, other.auditNumber(), ORDINARY_CALL, 0));
        }
    }

    private static int judgeTool(Architecture architecture, boolean metadata, SystemCall call, int argument) {
        return judge(
                SeccompFilter.toolProgram(architecture, metadata),
                architecture.auditNumber(),
                call.number(architecture),
                argument);
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_has_no_socket_and_works_on_no_other_process(Architecture architecture) {
        for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            assertEquals(
                    SeccompFilter.fails(SeccompFilter.EAFNOSUPPORT),
                    judgeTool(architecture, true, call, SeccompFilter.AF_UNIX));
        }
        for (var call : SeccompFilter.OF_ITSELF_ONLY) {
            assertEquals(SeccompFilter.ALLOW, judgeTool(architecture, true, call, 0), call.name());
            assertEquals(SeccompFilter.fails(SeccompFilter.EPERM), judgeTool(architecture, true, call, 1), call.name());
        }
        for (var calls : List.of(SeccompFilter.DENIED, SeccompFilter.DENIED_TO_TOOLS)) {
            for (var call : calls) {
                if (call.existsOn(architecture)) {
                    assertEquals(
                            SeccompFilter.fails(SeccompFilter.EPERM),
                            judgeTool(architecture, true, call, 0),
                            call.name());
                }
            }
        }
        assertEquals(SeccompFilter.ALLOW, judgeTool(architecture, true, SystemCall.CLONE, THREAD));
        assertEquals(
                SeccompFilter.fails(SeccompFilter.EPERM),
                judgeTool(architecture, true, SystemCall.CLONE, NEW_NETWORK | THREAD));
    }

    @ParameterizedTest
    @EnumSource
    void modes_and_times_are_left_to_a_tool_that_writes(Architecture architecture) {
        for (var call : SeccompFilter.METADATA) {
            if (call.existsOn(architecture)) {
                assertEquals(SeccompFilter.ALLOW, judgeTool(architecture, true, call, 0), call.name());
                assertEquals(
                        SeccompFilter.fails(SeccompFilter.EPERM), judgeTool(architecture, false, call, 0), call.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_typed_into_a_terminal(Architecture architecture) {
        for (int request : List.of(SeccompFilter.TIOCSTI, SeccompFilter.TIOCLINUX)) {
            assertEquals(SeccompFilter.fails(SeccompFilter.EPERM), judge(architecture, SystemCall.IOCTL, request));
        }
        assertEquals(SeccompFilter.ALLOW, judge(architecture, SystemCall.IOCTL, 0x5401)); // asks for its settings
    }
}
