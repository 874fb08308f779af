package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process, told from every other one on any machine.
 *
 * @param host its machine's name
 * @param boot which start of that machine it is in
 * @param processes the namespace in which its number counts, for example {@code pid:[4026531836]}
 * @param process its number there
 * @param started when it started, in the kernel's ticks since the boot
 */
record Owner(String host, String boot, String processes, long process, long started) {
    /** An owner of which nothing can be read. */
    static final Owner UNKNOWN = new Owner("an unknown machine", "", "", 0, 0);

    private static final Path PROC = Path.of("/proc");
    private static final int MOST_BYTES = 4096;
    /** Where its state and its start are, behind the name, which may hold anything; proc_pid_stat(5). */
    private static final int STATE = 0;

    private static final int START = 19;

    /** This process. */
    static Owner here() {
        long process = ProcessHandle.current().pid();
        return new Owner(
                line(PROC.resolve("sys/kernel/hostname")),
                line(PROC.resolve("sys/kernel/random/boot_id")),
                namespace(),
                process,
                Long.parseLong(fields(process)[START]));
    }

    /** Whether it is sure that this process is no more: it was one of the machine that this one runs on. */
    boolean isGone(Owner here) {
        boolean isHere =
                !boot.isEmpty() && boot.equals(here.boot) && host.equals(here.host) && processes.equals(here.processes);
        return isHere && !isAlive();
    }

    private boolean isAlive() {
        var fields = fields(process);
        return fields.length > START && !"ZX".contains(fields[STATE]) && fields[START].equals(Long.toString(started));
    }

    /** None where there is no such process. */
    private static String[] fields(long process) {
        var text = line(PROC.resolve(Long.toString(process)).resolve("stat"));
        return text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    }

    private static String line(Path file) {
        try {
            return RegularFile.text(file, MOST_BYTES).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** For messages: {@code process 4711 on node-3}. */
    String words() {
        return equals(UNKNOWN) ? host : "process %d on %s".formatted(process, host);
    }

    ObjectNode json() {
        return Json.object()
                .put("host", host)
                .put("boot", boot)
                .put("processes", processes)
                .put("process", process)
                .put("started", started);
    }

    /** Reads {@link #json} back. */
    static Owner of(JsonNode json) {
        return new Owner(
                json.path("host").asString(""),
                json.path("boot").asString(""),
                json.path("processes").asString(""),
                json.path("process").asLong(0),
                json.path("started").asLong(0));
    }
}
