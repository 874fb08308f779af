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
    static int judge(List<BpfProgram.Instruction> program, int architecture, int number, int... arguments) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            var now = program.get(at++);
            boolean jumps;
            switch (now.code()) {
                case BpfProgram.RETURN -> {
                    return now.operand();
                }
                case BpfProgram.LOAD -> {
                    accumulator = switch (now.operand()) {
                        case BpfProgram.NUMBER_OFFSET -> number;
                        case BpfProgram.ARCHITECTURE_OFFSET -> architecture;
                        default -> argument(arguments, now.operand());
                    };
                    continue;
                }
                case BpfProgram.JUMP_IF_EQUAL -> jumps = accumulator == now.operand();
                case BpfProgram.JUMP_IF_AT_LEAST -> jumps = Integer.compareUnsigned(accumulator, now.operand()) >= 0;
                case BpfProgram.JUMP_IF_ANY_BIT -> jumps = (accumulator & now.operand()) != 0;
                default -> throw new AssertionError("code " + now.code());
            }
            at += jumps ? now.ifTrue() : now.ifFalse();
        }
    }

    /** The low half of the one that lies at an offset; 0 where it was not given. */
    private static int argument(int[] arguments, int offset) {
        int index = (offset - BpfProgram.FIRST_ARGUMENT_OFFSET) / BpfProgram.ARGUMENT_BYTES;
        return index < arguments.length ? arguments[index] : 0;
    }

    private static int judge(Architecture architecture, SystemCall call, int... arguments) {
        return judge(
                SeccompFilter.program(architecture), architecture.auditNumber(), call.number(architecture), arguments);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_named_fails(Architecture architecture) {
        for (var call : SeccompFilter.DENIED) {
            assertEquals(BpfProgram.fails(SeccompFilter.EPERM), judge(architecture, call, 0), call.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_unix_sockets_are_left(Architecture architecture) {
        for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            assertEquals(BpfProgram.ALLOW, judge(architecture, call, SeccompFilter.AF_UNIX));
            assertEquals(BpfProgram.fails(SeccompFilter.EAFNOSUPPORT), judge(architecture, call, AF_INET));
        }
    }

    @ParameterizedTest
    @EnumSource
    void threads_start_and_namespaces_do_not(Architecture architecture) {
        assertEquals(BpfProgram.ALLOW, judge(architecture, SystemCall.CLONE, THREAD));
        assertEquals(
                BpfProgram.fails(SeccompFilter.EPERM), judge(architecture, SystemCall.CLONE, NEW_NETWORK | THREAD));
        assertEquals(BpfProgram.fails(SeccompFilter.ENOSYS), judge(architecture, SystemCall.CLONE3, 0));
    }

    @ParameterizedTest
    @EnumSource
    void other_calls_pass_and_those_of_another_architecture_kill(Architecture architecture) {
        var program = SeccompFilter.program(architecture);
        assertEquals(BpfProgram.ALLOW, judge(architecture, SystemCall.CLOSE, 0));
        for (var other : Architecture.values()) {
            int expected = other == architecture ? BpfProgram.ALLOW : BpfProgram.KILL_PROCESS;
            assertEquals(expected, judge(program, other.auditNumber(), ORDINARY_CALL, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_typed_into_a_terminal(Architecture architecture) {
        for (int request : List.of(SeccompFilter.TIOCSTI, SeccompFilter.TIOCLINUX)) {
            assertEquals(BpfProgram.fails(SeccompFilter.EPERM), judge(architecture, SystemCall.IOCTL, 0, request));
        }
        assertEquals(BpfProgram.ALLOW, judge(architecture, SystemCall.IOCTL, 0, 0x5401)); // asks for its settings
    }
}
