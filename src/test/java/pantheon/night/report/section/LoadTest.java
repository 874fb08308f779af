package pantheon.night.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.report.ScriptedNight;
import pantheon.night.report.record.NightRecord;

/** A scripted turn is 20 ms of prefill with 20 tokens, then 80 ms of decode with 12. */
final class LoadTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T22:00:00Z");

    @TempDir
    private Path folder;

    private ScriptedNight night;

    @BeforeEach
    void begin() {
        night = new ScriptedNight(folder, "20261123-220000", BEGIN);
        night.started(2);
    }

    private Load load(long lastMs, int most) {
        night.pass(Duration.between(night.now(), BEGIN.plusMillis(lastMs)));
        night.proven("resume");
        night.close();
        return Load.of(NightRecord.of(night.file()), most);
    }

    private static List<Double> each(Load load, ToDoubleFunction<Load.Stretch> figure) {
        return load.stretches().stream()
                .map(stretch -> Math.round(1000 * figure.applyAsDouble(stretch)) / 1000.0)
                .toList();
    }

    @Test
    void a_turn_is_shared_out_over_the_stretches_that_it_spans() {
        night.pass(Duration.ofSeconds(1));
        night.begun("a", "docs");
        night.pass(Duration.ofMillis(950));
        night.turn("a", 1); // from 1.95 s to 2.05 s, decoding from 1.97 s
        night.pass(Duration.ofMillis(950));
        night.finished("a", "accepted", "", null); // at 3 s
        var load = load(5000, 5);
        assertEquals(BEGIN.toEpochMilli(), load.beginMs());
        assertEquals(1000, load.widthMs());
        assertEquals(List.of(0.0, 1.0, 1.0, 0.0, 0.0), each(load, Load.Stretch::slots));
        assertEquals(List.of(0.0, 1.0, 1.0, 0.0, 0.0), each(load, Load.Stretch::batch));
        assertEquals(List.of(0.0, 4.5, 7.5, 0.0, 0.0), each(load, Load.Stretch::decodedPerSecond));
        assertEquals(List.of(0.0, 20.0, 0.0, 0.0, 0.0), each(load, Load.Stretch::prefilledPerSecond));
    }

    @Test
    void the_batch_is_a_mean_over_the_time_in_which_anything_was_generated() {
        night.begun("a", "docs");
        night.begun("b", "docs");
        night.turn("a", 1); // from 0 to 100 ms
        night.pass(Duration.ofMillis(-50));
        night.turn("b", 1); // from 50 to 150 ms
        night.pass(Duration.ofMillis(450));
        night.turn("a", 2); // from 600 to 700 ms, alone
        var load = load(1000, 10);
        assertEquals(List.of(1.2), each(load, Load.Stretch::batch), "300 ms of turns in 250 ms");
        assertEquals(List.of(36.0), each(load, Load.Stretch::decodedPerSecond));
        assertEquals(List.of(60.0), each(load, Load.Stretch::prefilledPerSecond));
    }

    @Test
    void a_task_that_has_not_ended_takes_its_slot_to_the_end() {
        night.pass(Duration.ofMillis(500));
        night.begun("a", "docs");
        night.pass(Duration.ofSeconds(1));
        night.begun("b", "docs");
        var load = load(3000, 100);
        assertEquals(List.of(0.5, 1.5, 2.0), each(load, Load.Stretch::slots));
    }

    @Test
    void there_are_no_more_stretches_than_asked_for_and_none_is_shorter_than_a_second() {
        for (int i = 0; i < 90; i++) {
            night.begun("task-" + i, "docs");
            night.turn("task-" + i, 1);
            night.finished("task-" + i, "accepted", "", null);
            night.pass(Duration.ofMillis(700));
        }
        var load = load(90_000, 12);
        assertEquals(12, load.stretches().size());
        assertEquals(7500, load.widthMs());
        var tokens = load.stretches().stream()
                        .mapToDouble(Load.Stretch::decodedPerSecond)
                        .sum()
                * 7.5;
        assertEquals(90 * 12, tokens, 1e-6, "none is lost at an edge");
        assertEquals(90, Load.of(NightRecord.of(night.file()), 1000).stretches().size());
    }

    @Test
    void a_night_in_which_nothing_happened_is_one_empty_stretch() {
        var load = load(0, 12);
        assertEquals(List.of(new Load.Stretch(0, 0, 0, 0)), load.stretches());
    }
}
