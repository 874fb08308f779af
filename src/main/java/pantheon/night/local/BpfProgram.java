package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A classic BPF program over system calls, see seccomp(2). It is built from above to below: the first decision that
 * matches a call is the one that counts.
 */
final class BpfProgram {
    static final int ALLOW = 0x7FFF0000;
    static final int KILL_PROCESS = 0x80000000;

    /** Whoever listens decides, see seccomp_unotify(2). */
    static final int ASK = 0x7FC00000;

    /** Where the kernel's struct seccomp_data holds the architecture, the call's number, the low half of argument 0. */
    static final int ARCHITECTURE_OFFSET = 4;

    static final int NUMBER_OFFSET = 0;
    static final int FIRST_ARGUMENT_OFFSET = 16;
    static final int ARGUMENT_BYTES = 8;

    static final int LOAD = 0x20;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int JUMP_IF_AT_LEAST = 0x35;
    static final int JUMP_IF_ANY_BIT = 0x45;
    static final int RETURN = 0x06;

    private static final int RETURN_ERRNO = 0x00050000;

    /** Numbers from here on belong to x32, a second set of calls on x86-64. */
    private static final int FIRST_OF_X32 = 0x40000000;

    private final Architecture architecture;
    private final List<Instruction> instructions = new ArrayList<>();

    /** Begins with what kills: calls of another architecture, and of x32. */
    BpfProgram(Architecture architecture) {
        this.architecture = architecture;
        add(LOAD, 0, 0, ARCHITECTURE_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, architecture.auditNumber());
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD, 0, 0, NUMBER_OFFSET);
        if (architecture == Architecture.X86_64) {
            add(JUMP_IF_AT_LEAST, 0, 1, FIRST_OF_X32);
            add(RETURN, 0, 0, KILL_PROCESS);
        }
    }

    /** One instruction; a jump goes over {@code ifTrue} or {@code ifFalse} of those that follow. */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {
        static final int BYTES = 8;
    }

    /** The decision by which a call fails with an errno, without having been made. */
    static int fails(int errno) {
        return RETURN_ERRNO | errno;
    }

    /** Decides some calls, whatever their arguments. */
    BpfProgram decide(Collection<SystemCall> calls, int decision) {
        var numbers = calls.stream()
                .filter(call -> call.existsOn(architecture))
                .mapToInt(call -> call.number(architecture))
                .sorted()
                .toArray();
        for (int first = 0, next; first < numbers.length; first = next) {
            next = first + 1;
            while (next < numbers.length && numbers[next] == numbers[next - 1] + 1) {
                next++;
            }
            decideRange(numbers[first], numbers[next - 1], decision);
        }
        return this;
    }

    private void decideRange(int first, int last, int decision) {
        if (first == last) {
            add(JUMP_IF_EQUAL, 0, 1, first);
        } else {
            add(JUMP_IF_AT_LEAST, 0, 2, first);
            add(JUMP_IF_AT_LEAST, 1, 0, last + 1);
        }
        add(RETURN, 0, 0, decision);
    }

    /** Decides a call by the low half of one of its arguments: each value its own way, all others another. */
    BpfProgram byValue(SystemCall call, int argument, Map<Integer, Integer> decisions, int otherwise) {
        if (call.existsOn(architecture)) {
            add(JUMP_IF_EQUAL, 0, 2 + 2 * decisions.size(), call.number(architecture));
            add(LOAD, 0, 0, offset(argument));
            decisions.forEach((value, decision) -> {
                add(JUMP_IF_EQUAL, 0, 1, value);
                add(RETURN, 0, 0, decision);
            });
            add(RETURN, 0, 0, otherwise);
        }
        return this;
    }

    /** Decides a call where an argument's low half has any of some bits; where it has none, what follows decides. */
    BpfProgram byBits(SystemCall call, int argument, int bits, int decision) {
        if (call.existsOn(architecture)) {
            add(JUMP_IF_EQUAL, 0, 4, call.number(architecture));
            add(LOAD, 0, 0, offset(argument));
            add(JUMP_IF_ANY_BIT, 0, 1, bits);
            add(RETURN, 0, 0, decision);
            add(LOAD, 0, 0, NUMBER_OFFSET);
        }
        return this;
    }

    /** The same where another argument has any of some bits as well. */
    BpfProgram byBits(SystemCall call, int argument, int bits, int second, int secondBits, int decision) {
        if (call.existsOn(architecture)) {
            add(JUMP_IF_EQUAL, 0, 6, call.number(architecture));
            add(LOAD, 0, 0, offset(argument));
            add(JUMP_IF_ANY_BIT, 0, 3, bits);
            add(LOAD, 0, 0, offset(second));
            add(JUMP_IF_ANY_BIT, 0, 1, secondBits);
            add(RETURN, 0, 0, decision);
            add(LOAD, 0, 0, NUMBER_OFFSET);
        }
        return this;
    }

    /** Ends it: the decision over all that is left. */
    List<Instruction> otherwise(int decision) {
        add(RETURN, 0, 0, decision);
        return List.copyOf(instructions);
    }

    private static int offset(int argument) {
        return FIRST_ARGUMENT_OFFSET + argument * ARGUMENT_BYTES;
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        instructions.add(new Instruction(code, ifTrue, ifFalse, operand));
    }

    /** A struct sock_fprog that holds a program, as seccomp(2) takes it. */
    static MemorySegment encode(List<Instruction> program, Arena arena) {
        var code = code(program, arena);
        var header = arena.allocate(2L * Long.BYTES, Long.BYTES);
        header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
        header.set(ValueLayout.ADDRESS, Long.BYTES, code);
        return header;
    }

    private static MemorySegment code(List<Instruction> program, Arena arena) {
        var code = arena.allocate((long) program.size() * Instruction.BYTES, Long.BYTES);
        long offset = 0;
        for (var instruction : program) {
            code.set(ValueLayout.JAVA_SHORT, offset, (short) instruction.code());
            code.set(ValueLayout.JAVA_BYTE, offset + 2, (byte) instruction.ifTrue());
            code.set(ValueLayout.JAVA_BYTE, offset + 3, (byte) instruction.ifFalse());
            code.set(ValueLayout.JAVA_INT, offset + 4, instruction.operand());
            offset += Instruction.BYTES;
        }
        return code;
    }
}
