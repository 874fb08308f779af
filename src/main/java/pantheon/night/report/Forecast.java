package pantheon.night.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pantheon.night.contract.Json;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Figure;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import tools.jackson.databind.JsonNode;

/** What was expected of the night before it began, beside what came of it. */
final class Forecast {
    private final NightRecord night;
    private final JsonNode made;

    private Forecast(NightRecord night, JsonNode made) {
        this.night = night;
        this.made = made;
    }

    private static Forecast of(NightRecord night) {
        return new Forecast(
                night, night.forecast().map(data -> data.get("night.forecast")).orElse(Json.object()));
    }

    /** How long it took, for the top of the page. */
    static Figure figure(NightRecord night) {
        var forecast = of(night);
        var took = Amount.time(night.elapsed());
        if (night.forecast().isEmpty()) {
            return new Figure(Tone.PLAIN, took, "from begin to end", "no forecast was made before it");
        }
        return new Figure(
                forecast.inBand() ? Tone.PLAIN : Tone.WARN,
                took,
                "from begin to end",
                "forecast: %s, 95 %%: %s".formatted(forecast.makespan("p50"), forecast.band("p2_5", "p97_5")));
    }

    static Section section(ReportSource source) {
        var forecast = of(source.night());
        return new Section("forecast", "Forecast and reality", List.of(forecast.table()));
    }

    private Block table() {
        if (night.forecast().isEmpty()) {
            return Block.paragraph("No forecast was made before this night.");
        }
        boolean whole = night.carriedOver() == 0 && night.hasEnded();
        var rows = new ArrayList<List<List<Span>>>();
        rows.add(row(
                "Time to the end of the queue",
                makespan("p50"),
                band("p2_5", "p97_5"),
                whole ? Amount.time(night.elapsed()) : "not reached",
                whole ? verdict(inBand()) : Span.text("–")));
        var accepted = made.get("accepted");
        double low = accepted.get("low").doubleValue();
        double high = accepted.get("high").doubleValue();
        int came = night.accepted().size();
        rows.add(row(
                "Accepted tasks",
                Amount.of(accepted.get("mean").doubleValue()),
                Amount.of(low) + " to " + Amount.of(high),
                Amount.of(came),
                verdict(came >= Math.floor(low) && came <= Math.ceil(high))));
        var cut = made.get("cut_off_tasks");
        rows.add(row(
                "Tasks left at dawn",
                Amount.of(cut.get("p50").longValue()),
                "up to " + Amount.of(cut.get("p95").longValue()),
                Amount.of(night.carriedOver()),
                verdict(night.carriedOver() <= cut.get("p95").longValue())));
        rows.add(row(
                "Tokens generated",
                Amount.of(made.get("output_tokens").longValue()),
                "–",
                Amount.of(night.outputTokens()),
                Span.text("–")));
        if (made.get("probability_done").isNumber()) {
            rows.add(row(
                    "The queue done by dawn",
                    String.format(
                            Locale.ROOT,
                            "%.0f %%",
                            100 * made.get("probability_done").doubleValue()),
                    "–",
                    whole ? "yes" : "no",
                    Span.text("–")));
        }
        return new Table(
                "What was expected, and what came",
                List.of(
                        Column.of("What"),
                        Column.number("Expected"),
                        Column.number("95 %"),
                        Column.number("Came"),
                        Column.of("Inside")),
                rows);
    }

    private static List<List<Span>> row(String what, String expected, String band, String came, Span verdict) {
        return List.of(
                List.of(Span.text(what)),
                List.of(Span.text(expected)),
                List.of(Span.text(band)),
                List.of(Span.text(came)),
                List.of(verdict));
    }

    private static Span verdict(boolean inside) {
        return inside ? new Span.Mark(Tone.GOOD, "yes") : new Span.Mark(Tone.WARN, "no");
    }

    /** Whether the time lies in the band of 95 %; a night that left tasks over cannot tell. */
    private boolean inBand() {
        if (night.carriedOver() > 0) {
            return true;
        }
        long took = night.elapsed().toMillis();
        var makespan = made.get("makespan_ms");
        return took >= makespan.get("p2_5").longValue()
                && took <= makespan.get("p97_5").longValue();
    }

    private String makespan(String quantile) {
        return Amount.ms(made.get("makespan_ms").get(quantile).longValue());
    }

    private String band(String low, String high) {
        return makespan(low) + " to " + makespan(high);
    }
}
