package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pantheon.night.ResultSchema;
import pantheon.night.calibration.Calibration;
import pantheon.night.calibration.ChoicePlace;
import pantheon.night.calibration.JudgedChoice;
import pantheon.night.contract.Json;

class CalibrationToldTest {
    private static CalibrationTold told(double error) {
        var sure = IntStream.range(0, 90).mapToObj(i -> new JudgedChoice(0.97, true));
        var unsure = IntStream.range(0, 10).mapToObj(i -> new JudgedChoice(0.55, i % 2 == 0));
        var calibration = new Calibration(Stream.concat(sure, unsure).toList());
        return new CalibrationTold("docs.links", new ChoicePlace("set_link", "target"), calibration, 7, error);
    }

    @Test
    void a_person_reads_coverage_against_error_reliability_and_the_threshold() {
        assertEquals(
                List.of(
                        "docs.links, set_link.target: 100 choices judged, 7 not",
                        "           0.000    100     100.0%       5   5.0% (2.2 to 11.2)",
                        "           0.600     90      90.0%       0   0.0% (0.0 to 4.1)",
                        "0.5 to 0.6         10   0.550       5   50.0% (23.7 to 76.3)",
                        "error of at most 0.04 as seen: leastConfidence: 0.970000 keeps 90.0%",
                        "error of at most 0.04 at the upper end of its interval: no leastConfidence reaches it"),
                told(0.04).lines().stream()
                        .filter(line -> line.startsWith("docs")
                                || line.startsWith("error")
                                || line.startsWith("0.5 ")
                                || line.startsWith("           0.000")
                                || line.startsWith("           0.600"))
                        .toList());
    }

    @Test
    void a_program_reads_the_same_on_its_schema() throws IOException {
        ResultSchema.valid("calibrate", Json.write(told(0.05).json()));
        ResultSchema.valid("calibrate", Json.write(told(0.0001).json()));
        assertEquals(0.97, told(0.045).json().get("sure_threshold").doubleValue());
    }
}
