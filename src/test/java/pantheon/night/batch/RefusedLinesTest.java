package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.metrics.Metrics;
import pantheon.night.report.record.NightRecord;

/** What is told of lines of the queue that a night does without. */
final class RefusedLinesTest {
    @TempDir
    private Path folder = Path.of("");

    private SmallNight night = SmallNight.in(folder);

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 2);
    }

    private List<LinesRefused> told() {
        var told = new ArrayList<LinesRefused>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof LinesRefused lines) {
                told.add(lines);
            }
        });
        return told;
    }

    @Test
    void the_others_are_done_and_journal_report_and_metrics_tell_of_them() {
        night.refused = List.of("ann.jsonl:3: the line is no JSON", "bob.jsonl:1: there is no agent");
        assertEquals(List.of("task-0 accepted"), night.run(SmallNight.tasks(1), SmallNight.rule()));
        assertEquals(List.of(new LinesRefused(night.refused, null)), told());
        assertEquals(night.refused, NightRecord.of(night.journal()).refused().first());
        assertTrue(Metrics.of(List.of(night.journal())).text().contains("night_last_refused_lines 2"));
    }

    @Test
    void a_night_without_any_tells_of_none() {
        night.run(SmallNight.tasks(1), SmallNight.rule());
        assertEquals(List.of(), told());
        assertEquals(0, NightRecord.of(night.journal()).refused().count());
    }

    @Test
    void of_many_the_first_are_told_and_long_ones_are_cut() {
        night.refused = IntStream.range(0, 250)
                .mapToObj(i -> "x.jsonl:%d: %s".formatted(i, "y".repeat(1000)))
                .toList();
        night.run(SmallNight.tasks(1), SmallNight.rule());
        var lines = told().getFirst();
        assertEquals(100, lines.lines().size());
        assertEquals(501, lines.lines().getFirst().length());
        assertEquals(150, lines.untold());
        assertEquals(250, NightRecord.of(night.journal()).refused().count());
    }
}
