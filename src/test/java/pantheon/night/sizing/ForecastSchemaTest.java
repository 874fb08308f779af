package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventType;
import pantheon.night.sizing.past.NightSpread;

/** What a forecast is written as, in the journal and by a dry run. */
final class ForecastSchemaTest {
    @Test
    void the_journals_forecast_is_the_dry_runs() {
        assertEquals(
                Json.resource("/schema/sizing/dry-run.json").at("/$defs/forecast"),
                EventType.FORECAST_MADE.data().json().at("/properties/night.forecast"));
    }

    @Test
    void a_forecast_is_on_the_schema_with_a_window_and_without() {
        var rates = Rows.rates(Rows.night(0, 20, () -> 1000));
        for (Double window : new Double[] {null, 3000.0}) {
            var forecast = Forecast.of(Rows.plan(rates, 5, 2, window, NightSpread.NONE), 50, 1);
            var data = Json.object();
            data.set("night.forecast", forecast.json());
            assertEquals(List.of(), EventType.FORECAST_MADE.data().check(data));
        }
    }
}
