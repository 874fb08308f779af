package pantheon.night.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;

/** The report in a real browser: it opens from the disk, asks for nothing, and foreign text stays text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportInBrowserIT {
    /** Each would set {@code window.owned}, ask for something, or hide what follows, if it were more than text. */
    private static final List<String> HOSTILE = List.of(
            "<script>window.owned=1</script>",
            "</script><script>window.owned=1</script>",
            "\"><img src=x onerror=window.owned=1>",
            "' onmouseover='window.owned=1' autofocus onfocus='window.owned=1",
            "</style><style>body{display:none}</style>",
            "</title></head><body onload=window.owned=1>",
            "--><svg onload=window.owned=1>",
            "javascript:window.owned=1",
            "<iframe src=http://127.0.0.1:9/>",
            "<meta http-equiv=refresh content=0;url=http://127.0.0.1:9/>",
            "<link rel=stylesheet href=http://127.0.0.1:9/><base href=http://127.0.0.1:9/>",
            "\u202Egnp.exe\u202C \u2066turned\u2069",
            "\u001b[31mred\u001b]0;title\u0007",
            "&lt;b&gt; &#60;b&#62; {{window.owned=1}} ${window.owned=1} `window.owned=1`",
            "\u2028window.owned=1\u2029\u0000\uFEFF");

    private Chromium browser;
    private Path hostile = Path.of("");
    private Path plain = Path.of("");

    @BeforeAll
    void open_a_browser_and_write_reports(
            @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS) Path folder)
            throws IOException, InterruptedException {
        browser = new Chromium(folder);
        plain = write(night(folder.resolve("plain"), List.of("doc-0", "doc-1", "doc-2")));
        hostile = write(night(folder.resolve("hostile"), HOSTILE));
    }

    @AfterAll
    void close_it() throws IOException {
        browser.close();
    }

    /** A night in which every name, message, check, error and diff is one of these. */
    private static ScriptedNight night(Path folder, List<String> texts) {
        var before = new ScriptedNight(folder, "20261122-220000", Instant.parse("2026-11-22T22:00:00Z"));
        before.started(1);
        before.task("before", texts.getFirst(), "accepted", "", ScriptedNight.patch("a", "b"));
        before.ended("done", List.of());
        before.close();
        var night = new ScriptedNight(folder, "20261123-220000", Instant.parse("2026-11-23T22:00:00Z"));
        night.started(2 * texts.size());
        night.proven("start");
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            boolean file = !text.contains("/") && !text.contains("\u0000");
            var task = file ? text : text + i;
            night.begun(task, text);
            night.turn(task, 1);
            night.rejected(task, text);
            night.tool(task, text, text);
            night.check(task, text, false);
            night.finished(task, "not_accepted", text, null);
            var named = "accepted-" + i;
            night.task(named, text, "accepted", text, ScriptedNight.patch(text, text));
            night.artifact(named, "review.json", """
                    {"reviews": [{"reviewer": %1$s, "accepts": true}, {"reviewer": "b", "accepts": false}]}
                    """.formatted(Json.quote(text)));
            night.pass(Duration.ofSeconds(1));
        }
        night.ended("done", List.of());
        night.close();
        return night;
    }

    private static Path write(ScriptedNight night) {
        var before = night.file().resolveSibling("20261122-220000.jsonl");
        return MorningReport.of(night.file(), List.of(before), night.choices(), night.places())
                .write();
    }

    private String address(Path file) {
        return file.toUri().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "hostile"})
    void opens_from_the_disk_asks_for_nothing_and_says_no_error(String which) {
        var file = which.equals("plain") ? plain : hostile;
        browser.open(address(file));
        assertEquals(List.of(), browser.console());
        assertEquals(
                List.of(address(file)),
                browser.requests().stream()
                        .filter(url -> !url.startsWith("data:"))
                        .toList());
        assertEquals(
                4,
                browser.evaluate("document.querySelectorAll('.chart canvas').length")
                        .asInt());
    }

    @Test
    void foreign_text_does_nothing() {
        browser.open(address(hostile));
        assertTrue(browser.evaluate("window.owned === undefined").booleanValue());
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('img, iframe, base, object, embed').length")
                        .asInt());
        assertEquals(3, browser.evaluate("document.scripts.length").asInt());
        assertEquals(
                1, browser.evaluate("document.querySelectorAll('style').length").asInt());
        assertTrue(browser.evaluate(
                        "[...document.querySelectorAll('*')].every("
                                + "e => [...e.attributes].every(a => !a.name.startsWith('on') && !/^javascript:/i.test(a.value)))")
                .booleanValue());
        assertTrue(browser.evaluate("document.body.textContent").stringValue().contains(HOSTILE.getFirst()));
        assertFalse(browser.evaluate(
                        "/[\\u202a-\\u202e\\u2066-\\u2069\\u001b\\u0007\\u2028]/.test(document.body.innerText)")
                .booleanValue());
        assertTrue(browser.evaluate("getComputedStyle(document.body).display != 'none'")
                .booleanValue());
    }

    @Test
    void what_the_other_tests_deny_would_be_seen(@TempDir Path folder) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var asked = new Thread(() -> answer(server));
            asked.start();
            var there = "http://127.0.0.1:%d/x".formatted(server.getLocalPort());
            var page = Files.writeString(
                    folder.resolve("page.html"),
                    "<!doctype html><img src='%s'><script>window.owned=1; console.error('said')</script>"
                            .formatted(there));
            browser.open(address(page));
            assertTrue(browser.requests().contains(there), browser.requests().toString());
            assertTrue(browser.console().toString().contains("said"));
            assertEquals(1, browser.evaluate("window.owned").asInt());
        }
    }

    private static void answer(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the browser asked and went away
        }
    }

    /** The policy alone holds, even if something foreign had got in as markup. */
    @Test
    void the_policy_stops_what_is_not_the_pages_own(@TempDir Path folder) throws IOException {
        var broken = Files.readString(plain)
                .replace("<h1>", "<img src=http://127.0.0.1:9/x><script>window.owned=1</script><h1 onclick=1>");
        browser.open(address(Files.writeString(folder.resolve("page.html"), broken)));
        assertTrue(browser.evaluate("window.owned === undefined").booleanValue());
        assertTrue(browser.console().toString().contains("Content Security Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axe_finds_nothing_against_accessibility(String theme) throws IOException {
        browser.theme(theme);
        browser.open(address(plain));
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.evaluate(axe() + ";0");
        var violations = browser.evaluate("axe.run().then(found => found.violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' / ')).join('\\n'))");
        assertEquals("", violations.stringValue());
    }

    private static String axe() throws IOException {
        try (InputStream stream = ReportInBrowserIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The figures of docs/benchmarks.md come from here, with -Dreport.tasks=10000. */
    @Test
    void a_long_night_stays_small(@TempDir Path folder) throws IOException {
        int tasks = Integer.getInteger("report.tasks", 400);
        var night = new ScriptedNight(folder, "20261123-220000", Instant.parse("2026-11-23T22:00:00Z"));
        night.started(tasks);
        for (int i = 0; i < tasks; i++) {
            var lines = "a line of some words, number %d\n+".formatted(i).repeat(20);
            var reason = i % 5 == 0 ? "not_accepted" : "accepted";
            night.task("task-%05d".formatted(i), "docs", reason, "title is wrong", ScriptedNight.patch("d.md", lines));
            night.pass(Duration.ofMillis(800));
        }
        night.ended("done", List.of());
        night.close();
        long start = System.nanoTime();
        var file = MorningReport.of(night.file(), List.of(), night.choices(), night.places())
                .write();
        var written = Duration.ofNanos(System.nanoTime() - start);
        long bytes = Files.size(file);
        browser.command("Performance.enable", Json.object().put("timeDomain", "threadTicks"));
        double before = browser.processorSeconds();
        var opened = browser.open(address(file));
        System.out.printf(
                "%d tasks: written in %d ms, %d bytes, open in %d ms, %.0f ms of them the page's thread at work%n",
                tasks, written.toMillis(), bytes, opened.toMillis(), 1000 * (browser.processorSeconds() - before));
        assertTrue(bytes < 5_000_000, bytes + " bytes");
        assertEquals(
                tasks * 4 / 5,
                browser.evaluate("document.querySelectorAll('#accepted details details').length")
                        .asInt());
        assertEquals(List.of(), browser.console());
    }

    @Test
    void tables_are_whole_without_scripts() {
        browser.scripts(false);
        try {
            browser.open(address(plain));
        } finally {
            browser.scripts(true);
        }
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('canvas').length").asInt());
        assertTrue(
                browser.evaluate("[...document.querySelectorAll('table')].every(t => t.caption && t.rows.length > 1)")
                        .booleanValue());
        assertTrue(browser.evaluate("document.querySelectorAll('table').length").asInt() >= 7);
    }
}
