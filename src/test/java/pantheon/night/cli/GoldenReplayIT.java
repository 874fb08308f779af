package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.GoldenNights;

/** Nights that an earlier version recorded are replayed as they were by that; only a confined process replays. */
final class GoldenReplayIT {
    @TempDir
    private Path folder;

    static List<String> places() {
        return GoldenNights.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void every_replay_says_what_it_did(String place) throws IOException {
        var nights = GoldenNights.layOut(place, folder);
        assertAll(nights.replays().stream().map(line -> () -> {
            var run = Program.run(folder, nights.arguments(line));
            assertEquals(nights.expected(line), nights.said(run.status(), run.out(), run.err()), line.name());
        }));
    }
}
