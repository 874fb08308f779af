package pantheon.night.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import pantheon.night.calibration.Calibration;
import pantheon.night.calibration.ChoicePlace;
import pantheon.night.calibration.Share;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A calibration as a person and a program read it.
 *
 * @param unjudged tasks that chose, of which nobody knows whether they were right
 * @param error the part that may be wrong
 */
record CalibrationTold(String agent, ChoicePlace place, Calibration calibration, int unjudged, double error) {
    private static final double[] THRESHOLDS = {0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999};

    private Stream<Calibration.Kept> kept() {
        return DoubleStream.of(THRESHOLDS).mapToObj(calibration::at);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%s, %s: %d choices judged, %d not"
                .formatted(agent, place, calibration.choices().size(), unjudged));
        lines.add("");
        lines.add("least confidence   kept   coverage   wrong   error (95 % of Wilson)");
        kept().forEach(kept -> lines.add(String.format(
                Locale.ROOT,
                "%16.3f %6d %9.1f%% %7d   %s",
                kept.threshold(),
                kept.kept().choices(),
                100 * kept.coverage(),
                kept.kept().wrong(),
                text(kept.kept()))));
        lines.add("");
        lines.add("likelihood   choices    mean   wrong   error (95 % of Wilson)");
        calibration.bins().stream()
                .filter(bin -> bin.choices().choices() > 0)
                .forEach(bin -> lines.add(String.format(
                        Locale.ROOT,
                        "%.1f to %.1f %10d %7.3f %7d   %s",
                        bin.from(),
                        bin.to(),
                        bin.choices().choices(),
                        bin.mean(),
                        bin.choices().wrong(),
                        text(bin.choices()))));
        lines.add("");
        lines.add(named("as seen", calibration.threshold(error)));
        lines.add(named("at the upper end of its interval", calibration.sureThreshold(error)));
        return lines;
    }

    private String named(String how, OptionalDouble threshold) {
        if (threshold.isEmpty()) {
            return String.format(Locale.ROOT, "error of at most %s %s: no leastConfidence reaches it", error, how);
        }
        return String.format(
                Locale.ROOT,
                "error of at most %s %s: leastConfidence: %.6f keeps %.1f%%",
                error,
                how,
                threshold.getAsDouble(),
                100 * calibration.at(threshold.getAsDouble()).coverage());
    }

    private static String text(Share share) {
        return String.format(
                Locale.ROOT,
                "%.1f%% (%.1f to %.1f)",
                100 * share.error(),
                100 * share.band().low(),
                100 * share.band().high());
    }

    ObjectNode json() {
        var json = Json.object()
                .put("agent", agent)
                .put("tool", place.tool())
                .put("argument", place.argument())
                .put("judged", calibration.choices().size())
                .put("unjudged", unjudged)
                .put("wanted_error", error);
        put(json, "threshold", calibration.threshold(error));
        put(json, "sure_threshold", calibration.sureThreshold(error));
        var thresholds = json.putArray("thresholds");
        kept().forEach(kept -> put(
                thresholds.addObject().put("least_confidence", kept.threshold()).put("coverage", kept.coverage()),
                kept.kept()));
        var bins = json.putArray("bins");
        calibration
                .bins()
                .forEach(bin -> put(
                        bins.addObject()
                                .put("from", bin.from())
                                .put("to", bin.to())
                                .put("mean_likelihood", bin.mean()),
                        bin.choices()));
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(name, value.getAsDouble());
        } else {
            json.putNull(name);
        }
    }

    private static void put(ObjectNode json, Share share) {
        json.put("choices", share.choices())
                .put("wrong", share.wrong())
                .put("error", share.error())
                .put("error_low", share.band().low())
                .put("error_high", share.band().high());
    }
}
