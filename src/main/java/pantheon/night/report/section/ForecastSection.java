package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Figure;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.NightRecord;
import pantheon.night.sizing.past.PastForecast;
import tools.jackson.databind.JsonNode;

/** What was expected of the night before it began, beside what came of it. */
public final class ForecastSection {
    private static final String LOW = "p2_5";
    private static final String HIGH = "p97_5";

    private static final List<Column> COLUMNS = List.of(
            Column.of("What"),
            Column.number("Expected"),
            Column.number("95 %"),
            Column.number("Came"),
            Column.of("Inside"));

    private final NightRecord night;
    private final PastForecast forecast;

    private ForecastSection(NightRecord night, PastForecast forecast) {
        this.night = night;
        this.forecast = forecast;
    }

    /** How long it took, for the top of the page. */
    static Figure figure(NightRecord night) {
        return night.forecast()
                .map(forecast -> new ForecastSection(night, forecast).figure())
                .orElseGet(() -> figure(night, Tone.PLAIN, "no forecast was made before it"));
    }

    private static Figure figure(NightRecord night, Tone tone, String about) {
        return new Figure(tone, Amount.time(night.elapsed()), "from begin to end", about);
    }

    private Figure figure() {
        var wrong = switch (fit()) {
            case BELOW -> "; it was shorter";
            case ABOVE -> "; it was longer";
            case INSIDE, UNKNOWN -> "";
        };
        var about = "forecast%s: %s, 95 %%: %s%s"
                .formatted(forecast.isFromNights() ? "" : ", assumed", makespan("p50"), band(), wrong);
        return figure(night, wrong.isEmpty() ? Tone.PLAIN : Tone.WARN, about);
    }

    public static Section section(ReportSource source) {
        var night = source.night();
        var table = night.forecast()
                .map(forecast -> new ForecastSection(night, forecast).table())
                .orElseGet(() -> Block.paragraph("No forecast was made before this night."));
        return new Section("forecast", "Forecast and reality", List.of(table));
    }

    private Block table() {
        var rows = new ArrayList<List<List<Span>>>();
        rows.add(time());
        rows.add(accepted(forecast.forecast().get("accepted")));
        rows.add(leftAtDawn(forecast.forecast().get("cut_off_tasks")));
        rows.add(tokens());
        if (forecast.forecast().get("probability_done").isNumber()) {
            rows.add(doneByDawn(forecast.forecast().get("probability_done").doubleValue()));
        }
        return new Table(
                forecast.isFromNights()
                        ? "What was expected, and what came"
                        : "What was expected, in part by assumption, and what came",
                COLUMNS,
                rows);
    }

    private boolean isWhole() {
        return night.carriedOver() == 0 && night.hasEnded();
    }

    private List<List<Span>> time() {
        return row(
                "Time to the end of the queue",
                makespan("p50"),
                band(),
                isWhole() ? Amount.time(night.elapsed()) : "not reached",
                switch (fit()) {
                    case INSIDE -> verdict(true);
                    case BELOW, ABOVE -> verdict(false);
                    case UNKNOWN -> Span.text("–");
                });
    }

    private List<List<Span>> leftAtDawn(JsonNode expected) {
        long most = expected.get("p95").longValue();
        return row(
                "Tasks left at dawn",
                Amount.of(expected.get("p50").longValue()),
                "up to " + Amount.of(most),
                Amount.of(night.carriedOver()),
                verdict(night.carriedOver() <= most));
    }

    private List<List<Span>> tokens() {
        return row(
                "Tokens generated",
                Amount.of(forecast.forecast().get("output_tokens").longValue()),
                "–",
                Amount.of(night.outputTokens()),
                Span.text("–"));
    }

    private List<List<Span>> doneByDawn(double probability) {
        return row(
                "The queue done by dawn",
                String.format(Locale.ROOT, "%.0f %%", 100 * probability),
                "–",
                isWhole() ? "yes" : "no",
                Span.text("–"));
    }

    private List<List<Span>> accepted(JsonNode expected) {
        double low = expected.get("low").doubleValue();
        double high = expected.get("high").doubleValue();
        int came = night.accepted().size();
        return row(
                "Accepted tasks",
                Amount.of(expected.get("mean").doubleValue()),
                Amount.of(low) + " to " + Amount.of(high),
                Amount.of(came),
                verdict(came >= Math.floor(low) && came <= Math.ceil(high)));
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

    /** Where the time is of the band of 95 %. */
    private PastForecast.Fit fit() {
        return forecast.fit(LOW, HIGH);
    }

    private String makespan(String quantile) {
        return Amount.ms(Math.round(forecast.quantile(quantile)));
    }

    private String band() {
        return makespan(LOW) + " to " + makespan(HIGH);
    }
}
