package pantheon.night.past;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.GoldenNights;
import pantheon.night.contract.Json;
import pantheon.night.queue.Order;
import pantheon.night.queue.Task;
import tools.jackson.databind.node.ObjectNode;

/** What nights that an earlier version recorded left for the next one. */
final class GoldenHistoryTest {
    @TempDir
    private Path folder;

    static List<String> places() {
        return GoldenNights.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void what_the_kept_nights_left_is_what_it_was(String place) throws IOException {
        var nights = GoldenNights.layOut(place, folder);
        nights.assertFold("history.json", json(nights.place().resolve("log"), queue(nights.place())));
    }

    @Test
    void what_was_left_after_each_line_of_a_signed_night_is_what_it_was() throws IOException {
        var nights = GoldenNights.layOut("signed", folder);
        var queue = queue(nights.place());
        var json = Json.object();
        for (var journal : nights.nights()) {
            var bytes = Files.readAllBytes(journal);
            var states = json.putArray(journal.getFileName().toString());
            var log = Files.createTempDirectory(folder, "log");
            for (int length : ends(journal)) {
                Files.write(log.resolve(journal.getFileName()), Arrays.copyOf(bytes, length));
                states.add(json(log, queue));
            }
        }
        nights.assertFold("history-by-line.json", json);
    }

    /** Where the lines end whose loss may change what is left: all but those of calls and checks. */
    private static List<Integer> ends(Path journal) throws IOException {
        var ends = new ArrayList<Integer>();
        int bytes = 0;
        for (var line : Files.readAllLines(journal)) {
            bytes += line.getBytes(UTF_8).length + 1;
            if (!line.matches(".*\"type\":\"night\\.pantheon\\.(?:call|tool|check)\\..*")) {
                ends.add(bytes);
            }
        }
        return ends;
    }

    private static List<Task> queue(Path place) throws IOException {
        return Files.readAllLines(place.resolve("queue/tasks.jsonl")).stream()
                .map(Json::parse)
                .map(json -> new Task(
                        json.get("id").stringValue(),
                        json.get("agent").stringValue(),
                        (ObjectNode) json.get("input"),
                        json.get("priority").intValue(),
                        List.of()))
                .toList();
    }

    private static ObjectNode json(Path log, List<Task> queue) {
        var history = History.of(log);
        var json = Json.object();
        history.runs().forEach(json.putArray("runs")::add);
        Order.of(queue, history, task -> 0)
                .forEach(task -> json.withArray("left").add(task.id()));
        history.previous().ifPresent(previous -> json.put("previous", previous.run() + " " + previous.head()));
        history.prunedHead().ifPresent(head -> json.put("pruned_head", head));
        var night = history.newest().orElseThrow();
        json.put("newest", night.run());
        json.put("to_go_on", night.isToGoOn());
        json.put("unsigned", night.isUnsigned());
        night.baseCommit().ifPresent(commit -> json.put("base_commit", commit));
        var finished = json.putObject("finished");
        night.finished().forEach((reason, count) -> finished.put(reason.code(), count));
        night.leftOver().forEach(json.putArray("left_over")::add);
        night.begun().stream().sorted().forEach(json.putArray("begun")::add);
        json.put("output_tokens", night.outputTokens());
        return json.put("elapsed", night.elapsed().toString());
    }
}
