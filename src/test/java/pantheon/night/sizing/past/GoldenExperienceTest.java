package pantheon.night.sizing.past;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.GoldenNights;
import pantheon.night.contract.Json;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.Machine;
import tools.jackson.databind.node.ObjectNode;

/** What nights that an earlier version recorded teach, on the machine that they were recorded on. */
final class GoldenExperienceTest {
    private static final Machine MACHINE = new Machine(2, "A processor", 17_179_869_184L);
    private static final String MODEL = "cb5ad02ab3857244922be00a7dbd492f4dd5e47a93a9ad1617b8cc02dff2d7b1";

    @TempDir
    private Path folder;

    static List<String> places() {
        return GoldenNights.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void the_experience_of_the_kept_nights_is_what_it_was(String place) throws IOException {
        var nights = GoldenNights.layOut(place, folder);
        nights.assertFold("experience.json", json(Experience.of(nights.nights())));
    }

    @ParameterizedTest
    @MethodSource("places")
    void lines_taken_one_by_one_teach_the_same(String place) throws IOException {
        var nights = GoldenNights.layOut(place, folder);
        var experience = new Experience();
        for (var journal : nights.nights()) {
            JournalReader.read(journal, entry -> experience.take(journal.toString(), entry));
        }
        assertEquals(json(Experience.of(nights.nights())), json(experience));
    }

    private static ObjectNode json(Experience experience) {
        var json = Json.object().put("nights", experience.nights());
        json.put("start_up_ms", experience.startUpMillis());
        json.put("tokens_per_second", experience.slowDown().tokensPerSecond());
        json.put("forecasts", experience.trackRecord().forecasts().size());
        json.put("assumed", experience.trackRecord().assumed());
        json.put("shift", experience.trackRecord().spread().shift());
        json.put("deviation", experience.trackRecord().spread().deviation());
        for (var name : List.of("front-matter", "by-command", "short", "few", "spent")) {
            var agent = "docops." + name;
            var times = json.putObject(agent).putArray("times");
            experience.times(agent, "1").stream().map(Duration::toString).forEach(times::add);
            var rates = experience.rates(new Specialist(agent, "1", MODEL, MACHINE));
            if (rates != null) {
                put((ObjectNode) json.get(agent), rates);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Rates rates) {
        json.put("basis", rates.basis().name());
        json.put("tasks", rates.tasks());
        json.put("effective_tasks", rates.effectiveTasks());
        json.put("log_deviation", rates.logDeviation());
        json.put("mean", rates.mean(SlowDown.SHARED, 1).toString());
        json.put("variation", rates.variation(SlowDown.SHARED, 1));
        json.put("model_share", rates.modelShare());
        json.put("accepted", rates.accepted());
        json.put("input_tokens", rates.inputTokens());
        json.put("output_tokens", rates.outputTokens());
        json.put("length_classes", rates.lengthClasses());
        var durations = json.putArray("durations_ms");
        for (double duration : rates.durations(SlowDown.SHARED, 1)) {
            durations.add(duration);
        }
    }
}
