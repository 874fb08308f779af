package pantheon.night.report.page;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.report.page.Block.Chart;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The charts' figures as the page's script takes them; null where there is none. */
final class ChartData {
    private ChartData() {}

    static ObjectNode of(List<Chart> charts, ZoneId zone) {
        var json = Json.object().put("zone", zone.getId());
        var all = json.putArray("charts");
        charts.forEach(chart -> put(all.addObject(), chart));
        return json;
    }

    private static void put(ObjectNode json, Chart chart) {
        json.put("unit", chart.unit().name().toLowerCase(Locale.ROOT));
        var times = json.putArray("times");
        chart.timesMs().forEach(time -> times.add(time / 1000.0));
        var lines = json.putArray("lines");
        for (var line : chart.lines()) {
            var one = lines.addObject().put("name", VisibleText.line(line.name()));
            numbers(one.putArray("values"), line.values());
            if (!line.low().isEmpty()) {
                numbers(one.putArray("low"), line.low());
                numbers(one.putArray("high"), line.high());
            }
        }
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        for (var value : values) {
            if (value.isNaN()) {
                array.addNull();
            } else {
                array.add(Math.round(value * 1e4) / 1e4);
            }
        }
    }
}
