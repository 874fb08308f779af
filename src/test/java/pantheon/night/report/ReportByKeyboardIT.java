package pantheon.night.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** The report for those who use no mouse, see no screen, or read on paper, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportByKeyboardIT {
    /** What takes the focus and can be seen, in the order in which it stands in the page. */
    private static final String STOPS = "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
            + ".filter(e => e.checkVisibility())";

    private Chromium browser;
    private String address = "";

    @BeforeAll
    void open_a_browser_and_write_a_report(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws IOException, InterruptedException {
        browser = new Chromium(folder);
        var before = new ScriptedNight(folder, "20261122-220000", Instant.parse("2026-11-22T22:00:00Z"));
        before.started(1);
        before.task("before", "docops", "accepted", "", ScriptedNight.patch("a", "b"));
        before.ended("done", List.of());
        before.close();
        var night = new ScriptedNight(folder, "20261123-220000", Instant.parse("2026-11-23T22:00:00Z"));
        night.started(8);
        night.proven("start");
        for (int i = 0; i < 8; i++) {
            var reason = i % 4 == 3 ? "not_accepted" : "accepted";
            night.task(
                    "task-" + i, "docops.front-matter", reason, "the title is wrong", ScriptedNight.patch("a.md", "b"));
            night.artifact("task-" + i, "review.json", """
                    {"reviews": [{"reviewer": "ann", "accepts": true}, {"reviewer": "bob", "accepts": %s}]}
                    """.formatted(i > 2));
            night.pass(Duration.ofSeconds(20));
        }
        night.ended("done", List.of());
        night.close();
        var earlier = List.of(night.file().resolveSibling("20261122-220000.jsonl"));
        address = MorningReport.of(night.file(), earlier, night.choices(), night.places())
                .write()
                .toUri()
                .toString();
    }

    @AfterAll
    void close_it() throws IOException {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.theme("light");
        browser.open(address);
    }

    private boolean is(String expression) {
        return browser.evaluate(expression).booleanValue();
    }

    @Test
    void tab_reaches_all_that_can_be_used_in_its_order_and_shows_where_it_is() {
        browser.evaluate("window.stops = " + STOPS);
        int stops = browser.evaluate("stops.length").asInt();
        assertTrue(stops > 20, stops + " stops");
        for (int i = 0; i < stops; i++) {
            browser.press("Tab");
            assertEquals(
                    i, browser.evaluate("stops.indexOf(document.activeElement)").asInt(), "after " + i);
            var looks = browser.evaluate("(e => { const s = getComputedStyle(e), r = e.getBoundingClientRect();"
                    + " return [e.matches(':focus-visible'), s.outlineStyle, parseFloat(s.outlineWidth) >= 2,"
                    + " r.bottom > 0 && r.top < innerHeight && r.right > 0].join() })(document.activeElement)");
            assertEquals("true,solid,true,true", looks.stringValue(), "stop " + i);
        }
        browser.press("Tab");
        assertEquals(
                -1, browser.evaluate("stops.indexOf(document.activeElement)").asInt());
    }

    @Test
    void the_first_stop_leads_past_the_contents() {
        browser.press("Tab");
        assertEquals(
                "Skip to the report",
                browser.evaluate("document.activeElement.textContent").stringValue());
        browser.press("Enter");
        assertEquals("main", browser.evaluate("document.activeElement.id").stringValue());
        browser.press("Tab");
        assertTrue(is("document.querySelector('main').contains(document.activeElement)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Enter", " "})
    void a_diff_opens_and_closes_by_key(String key) {
        browser.evaluate("document.querySelector('#accepted details details summary').focus()");
        assertFalse(is("document.activeElement.parentElement.open"));
        browser.press(key);
        assertTrue(is("document.activeElement.parentElement.open"));
        browser.press("Tab");
        assertTrue(is("document.activeElement.matches('pre.diff') && document.activeElement.checkVisibility()"));
        browser.evaluate("document.querySelector('#accepted details details summary').focus()");
        browser.press(key);
        assertFalse(is("document.activeElement.parentElement.open"));
    }

    @Test
    void a_screen_reader_is_told_landmarks_headings_tables_and_charts() {
        browser.command("Accessibility.enable", Json.object());
        var told = new ArrayList<JsonNode>();
        browser.command("Accessibility.getFullAXTree", Json.object())
                .get("nodes")
                .forEach(told::add);
        for (var landmark : List.of("banner", "navigation", "main", "contentinfo")) {
            assertEquals(1, names(told, landmark).size(), landmark);
        }
        assertEquals(List.of("Contents"), names(told, "navigation"));
        int sections =
                browser.evaluate("document.querySelectorAll('section').length").asInt();
        assertEquals(1 + sections, names(told, "heading").size());
        assertTrue(names(told, "region").containsAll(names(told, "heading").subList(1, 1 + sections)));
        int tables = shown(".scroll table");
        assertTrue(tables >= 7, tables + " tables");
        assertEquals(tables, names(told, "table").size(), names(told, "table").toString());
        assertEquals(shown(".scroll thead th"), names(told, "columnheader").size());
        assertEquals(shown(".scroll tbody tr"), names(told, "rowheader").size());
        assertTrue(names(told, "image").size() >= 4, names(told, "image").toString());
        for (var role : List.of("region", "table", "image", "link", "columnheader", "rowheader")) {
            assertFalse(names(told, role).contains(""), role + " without a name: " + names(told, role));
        }
        assertEquals(shown("summary"), names(told, "DisclosureTriangle").size(), "each fold says whether it is open");
    }

    private int shown(String selector) {
        return browser.evaluate("[...document.querySelectorAll('%s')].filter(e => e.checkVisibility()).length"
                        .formatted(selector))
                .asInt();
    }

    private static List<String> names(List<JsonNode> told, String role) {
        return told.stream()
                .filter(node -> !node.path("ignored").booleanValue()
                        && node.path("role").path("value").asString("").equals(role))
                .map(node -> node.path("name").path("value").asString("").strip())
                .toList();
    }

    /** The colours of the first chart's pixels that are not nearly transparent. */
    private static final String INKS = "(() => { const c = document.querySelector('.chart canvas'), inks = {};"
            + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            + " for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250)"
            + " inks['#' + [d[i], d[i + 1], d[i + 2]].map(n => n.toString(16).padStart(2, '0')).join('')] = 1;"
            + " return Object.keys(inks).join() })()";

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void prints_dark_on_white_whatever_the_theme(String theme) throws IOException {
        browser.theme(theme);
        browser.open(address);
        var before = browser.evaluate(INKS).stringValue();
        assertTrue(before.contains(theme.equals("light") ? "#2a6fbb" : "#6aa7e8"), before);
        browser.evaluate("addEventListener('beforeprint', () => window.printed = " + INKS + ")");
        var pdf = browser.print();
        var head = new String(pdf, 0, 5, StandardCharsets.US_ASCII);
        assertEquals("%PDF-", head);
        var printed = browser.evaluate("window.printed").stringValue();
        assertTrue(printed.contains("#2a6fbb") && !printed.contains("#6aa7e8"), printed);
        assertEquals(before, browser.evaluate(INKS).stringValue(), "the screen is as it was");

        browser.media("print", theme);
        assertEquals("rgb(255, 255, 255)", style("document.body", "backgroundColor"));
        assertEquals("rgb(0, 0, 0)", style("document.body", "color"));
        assertEquals("none", style("document.querySelector('nav')", "display"));
        assertTrue(is("[...document.querySelectorAll('section')].every(e => e.checkVisibility())"));
        browser.theme(theme);
        assertNotEquals("none", style("document.querySelector('nav')", "display"));
        var pictures = System.getProperty("report.pictures");
        if (pictures != null) {
            Files.write(Path.of(pictures, theme + ".pdf"), pdf);
            Files.write(Path.of(pictures, theme + ".png"), browser.picture(1280, 3400));
            browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            Files.write(Path.of(pictures, theme + "-open.pdf"), browser.print());
            browser.evaluate("document.querySelector('#accepted').scrollIntoView()");
            Files.write(Path.of(pictures, theme + "-open.png"), browser.picture(900, 700));
        }
    }

    private String style(String element, String property) {
        return browser.evaluate("getComputedStyle(%s).%s".formatted(element, property))
                .stringValue();
    }
}
