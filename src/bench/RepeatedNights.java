import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes long past nights: the lines of a night that was, its tasks over and over under new ids, one after the other.
 * The lines are chained as the program chains them.
 */
final class RepeatedNights {
    private final List<ObjectNode> before = new ArrayList<>();
    private final List<ObjectNode> tasks = new ArrayList<>();
    private final List<ObjectNode> after = new ArrayList<>();
    private final Instant begun;
    private final Duration length;
    private final long taskCount;

    /** A journal that is being written. */
    private static final class Copy implements AutoCloseable {
        private final BufferedOutputStream out;
        private final String run;
        private String head = "0".repeat(64);
        private long seq;

        Copy(Path folder, String run) throws IOException {
            this.run = run;
            out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(run + ".jsonl")), 1 << 16);
        }

        void add(ObjectNode line, Instant time) throws IOException {
            line.put("id", Long.toString(++seq)).put("source", "/pantheon-night/" + run);
            line.put("time", time.toString()).put("seq", seq).put("prevhash", head);
            var text = Json.MAPPER.writeValueAsString(line);
            head = Sha256.hex(text);
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private RepeatedNights(List<String> lines) {
        for (var line : lines) {
            var json = (ObjectNode) Json.parse(line);
            (json.has("subject") ? tasks : tasks.isEmpty() ? before : after).add(json);
        }
        begun = time(tasks.getFirst());
        length = Duration.between(begun, time(tasks.getLast()));
        taskCount = tasks.stream().map(line -> line.get("subject")).distinct().count();
    }

    private static Instant time(ObjectNode line) {
        return Instant.parse(line.get("time").stringValue());
    }

    /** Arguments: the journal, the folder of the new ones, how many nights, and how many tasks each. */
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        for (int night = 0; night < Integer.parseInt(arguments[2]); night++) {
            new RepeatedNights(Files.readAllLines(Path.of(arguments[0])))
                    .write(folder, night, Long.parseLong(arguments[3]));
        }
    }

    private void write(Path folder, int night, long wanted) throws IOException {
        var date = LocalDate.of(2026, 10, 1).plusDays(night);
        var run = date.toString().replace("-", "") + "-220000";
        var shift = Duration.between(begun, Instant.parse(date + "T22:00:00Z"));
        ((ObjectNode) before.getFirst().get("data")).put("night.run", run);
        try (var copy = new Copy(folder, run)) {
            for (var line : before) {
                copy.add(line, time(line).plus(shift));
            }
            for (long done = 0; done < wanted; done += taskCount) {
                round(copy, "-%d-%d".formatted(night, done), shift);
                shift = shift.plus(length);
            }
            for (var line : after) {
                copy.add(line, time(line).plus(shift));
            }
        }
    }

    private void round(Copy copy, String ending, Duration shift) throws IOException {
        for (var line : tasks) {
            var again = line.deepCopy();
            again.put("subject", line.get("subject").stringValue() + ending);
            copy.add(again, time(line).plus(shift));
        }
    }
}
