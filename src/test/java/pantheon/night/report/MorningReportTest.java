package pantheon.night.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.metrics.Metrics;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.UnmergedNight;

/** The report of a fixed night, with one before it. */
final class MorningReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/report");

    @TempDir
    private Path folder;

    private Path earlier() {
        try (var night = new ScriptedNight(folder, "20261122-220000", Instant.parse("2026-11-22T22:00:00Z"))) {
            night.started(4);
            for (int i = 0; i < 4; i++) {
                night.task("old-" + i, "docs", i == 0 ? "not_accepted" : "accepted", "", ScriptedNight.patch("o", "n"));
            }
            night.rejected("old-0", "invalid_json");
            night.tool("old-0", "read_file", "not_found");
            night.ended("done", List.of());
            return night.file();
        }
    }

    /** Four accepted, two not, one carried over; interrupted once; proven, signed, reviewed. */
    private ScriptedNight night() {
        var night = new ScriptedNight(folder, "20261123-220000", Instant.parse("2026-11-23T22:00:00Z"));
        night.started(8);
        night.proven("start");
        for (int i = 0; i < 4; i++) {
            var task = "doc-" + i;
            night.task(task, "docs", "accepted", "", ScriptedNight.patch("docs/%d.md".formatted(i), "new " + i));
            night.signed(task);
            night.artifact(task, "review.json", review(true, i != 0));
            night.pass(Duration.ofSeconds(2));
        }
        night.begun("doc-4", "docs");
        night.pass(Duration.ofMinutes(1));
        night.resumed();
        night.proven("resume");
        night.task("doc-4", "docs", "not_accepted", "only_changes: README.md changed too", "");
        night.rejected("doc-4", "schema");
        night.tool("doc-4", "search_text", "bad_pattern");
        night.artifact("doc-4", "review.json", review(false, false));
        night.task("link-1", "links", "step_limit", "", "");
        night.task("link-2", "links", "accepted", "nothing had to change", "");
        night.begun("link-3", "links");
        night.turn("link-3", 1);
        night.finished("link-3", "window_closed", "", null);
        night.signed(null);
        night.ended("window_closed", List.of("link-3"));
        night.close();
        return night;
    }

    private static String review(boolean first, boolean second) {
        return """
                {"reviews": [{"reviewer": "a@1", "accepts": %s}, {"reviewer": "b@1", "accepts": %s}]}
                """.formatted(first, second);
    }

    private MorningReport report() {
        var earlier = earlier();
        var night = night();
        return MorningReport.of(night.file(), List.of(earlier), night.choices(), night.places());
    }

    @Test
    void work_that_no_branch_has_is_told_with_what_to_do_next() {
        var unmerged = List.of(new UnmergedNight("20261122-220000", 3, 0), new UnmergedNight("20261123-220000", 4, 1));
        var asked = new ArrayList<NightTrend>();
        var report = report().unmerged(nights -> {
            asked.addAll(nights);
            return unmerged;
        });
        assertEquals(
                List.of(Set.of("old-1", "old-2", "old-3"), Set.of("doc-0", "doc-1", "doc-2", "doc-3", "link-2")),
                asked.stream().map(each -> each.commits().keySet()).toList());
        var told = report.markdown();
        assertTrue(told.contains("work of 2 nights was on no branch of yours"), told);
        assertTrue(told.contains("""
                        pantheon-night review 20261122-220000 # 3 commits, none accepted by a person
                        pantheon-night merge 20261123-220000 --onto BRANCH # 4 commits, 1 accepted by a person
                        """), told);
        assertEquals(
                List.of("20261122-220000", "20261123-220000"),
                report.summary()
                        .get("unmerged")
                        .valueStream()
                        .map(each -> each.get("run").stringValue())
                        .toList());
    }

    private void golden(String name, String content) throws IOException {
        var visible = content.replace(folder.toAbsolutePath().toString(), "/night");
        var golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, visible);
        }
        assertEquals(Files.readString(golden), visible);
    }

    /** The page's own style and scripts are not in the golden file; the policy's hashes tell when they change. */
    @Test
    void html_equals_the_golden_file() throws IOException {
        golden(
                "report.html",
                report().html().replaceAll("(?s)(<style>).*?(</style>)|(<script>).*?(</script>)", "$1$2$3$4"));
    }

    @Test
    void markdown_equals_the_golden_file() throws IOException {
        golden("report.md", report().markdown());
    }

    @Test
    void summary_equals_the_golden_file() throws IOException {
        var json = report().summary();
        golden("summary.json", Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    @Test
    void summary_is_valid_and_a_wrong_one_is_not() {
        var json = report().summary();
        assertEquals(List.of(), SummaryJson.SCHEMA.check(json));
        json.put("signature", "forged");
        assertFalse(SummaryJson.SCHEMA.check(json).isEmpty());
    }

    @Test
    void journal_metrics_and_report_agree_on_what_came_from_the_cache() throws IOException {
        long input = 0;
        long cached = 0;
        var night = night();
        for (var line : Files.readAllLines(night.file())) {
            var event = Json.parse(line);
            if (event.get("type").stringValue().endsWith("generation.received.v1")) {
                input += event.get("data").get("gen_ai.usage.input_tokens").asInt();
                cached += event.get("data")
                        .get("gen_ai.usage.cache_read.input_tokens")
                        .asInt();
            }
        }
        long reported = 0;
        long reportedCached = 0;
        var report = MorningReport.of(night.file(), List.of(), night.choices(), night.places());
        for (var one : report.summary().get("prompts")) {
            reported += one.get("input_tokens").asInt();
            reportedCached += one.get("cached_tokens").asInt();
        }
        assertEquals(List.of(1_800L, 1_500L), List.of(input, cached));
        assertEquals(List.of(input, cached), List.of(reported, reportedCached));
        var metrics = Metrics.of(List.of(night.file())).text();
        assertTrue(metrics.contains("\nnight_last_tokens{kind=\"input\"} 1800\n"), metrics);
        assertTrue(metrics.contains("\nnight_last_tokens{kind=\"cache_read_input\"} 1500\n"), metrics);
        assertTrue(metrics.contains(
                "\nnight_last_prompt_cache_ratio{agent=\"docs\",agent_version=\"1\",model=\"tiny\"} 0.8333"));
        assertTrue(
                report.markdown()
                        .contains(
                                "Of 1,800 tokens of prompts, 83.3 % came from the models' caches and were not computed again."));
    }

    @Test
    void three_files_are_written_and_nothing_half_is_left() throws IOException {
        var file = report().write();
        try (var files = Files.list(file.getParent())) {
            assertEquals(
                    List.of("report.html", "report.md", "summary.json"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void writing_again_replaces_what_was_there() throws IOException {
        var report = report();
        var file = report.write();
        Files.writeString(file, "another");
        report.write();
        assertEquals(report.html(), Files.readString(file));
    }

    @Test
    void a_broken_earlier_night_is_left_out_and_said() throws IOException {
        var earlier = earlier();
        Files.writeString(earlier, "no journal\n", StandardOpenOption.TRUNCATE_EXISTING);
        var night = night();
        var report = MorningReport.of(night.file(), List.of(earlier), night.choices(), night.places());
        assertTrue(report.markdown().contains("An earlier night is left out"), report.markdown());
        assertEquals(1, report.summary().get("nights").size());
    }

    @Test
    void a_broken_journal_has_no_report() throws IOException {
        var night = night();
        var lines = Files.readAllLines(night.file());
        lines.set(2, lines.get(2).replace("docs", "dogs"));
        Files.write(night.file(), lines);
        var refused = assertThrows(
                NightException.class, () -> MorningReport.of(night.file(), List.of(), night.choices(), night.places()));
        assertEquals(ExitCode.DATA, refused.exitCode());
    }

    @Test
    void a_diff_that_was_changed_after_the_night_is_not_shown() {
        var night = night();
        night.artifact("doc-0", "diff.patch", ScriptedNight.patch("docs/0.md", "forged"));
        var html = MorningReport.of(night.file(), List.of(), night.choices(), night.places())
                .html();
        assertFalse(html.contains("forged"));
        assertTrue(html.contains("Its diff is not on the disk as the journal tells of it"));
        assertTrue(html.contains("new 1"), "the others are");
    }

    @Test
    void a_diff_too_long_is_cut_and_said() {
        var night = new ScriptedNight(folder, "20261124-220000", Instant.parse("2026-11-24T22:00:00Z"));
        night.started(1);
        night.task("long", "docs", "accepted", "", ScriptedNight.patch("long.md", "x\n+".repeat(20_000) + "tail-end"));
        night.ended("done", List.of());
        night.close();
        var html = MorningReport.of(night.file(), List.of(), night.choices(), night.places())
                .html();
        assertFalse(html.contains("tail-end"));
        assertTrue(html.contains("of 20,008 lines; see diff.patch for the rest"), html);
        assertTrue(html.length() < 120_000, html.length() + " characters");
    }

    @Test
    void a_review_that_is_not_on_the_schema_is_left_out_and_said(@TempDir Path folder) {
        var night = new ScriptedNight(folder, "20261123-220000", Instant.parse("2026-11-23T22:00:00Z"));
        night.started(3);
        for (var task : List.of("doc-17", "doc-18", "doc-19")) {
            night.task(task, "docs", "accepted", "", ScriptedNight.patch("a.md", "b"));
        }
        night.artifact("doc-17", "review.json", "{\"reviews\": [{\"reviewer\": \"ann\"}]}");
        night.artifact("doc-18", "review.json", "{\"reviews\": ");
        night.artifact("doc-19", "review.json", review(true, true));
        night.ended("done", List.of());
        night.close();
        var report = MorningReport.of(night.file(), List.of(), night.choices(), night.places());
        assertEquals(2, report.problems().size(), report.problems().toString());
        assertEquals(
                "a review is left out: doc-17/review.json: /reviews/0: required property 'accepts' not found",
                report.problems().getFirst());
        assertTrue(report.problems().getLast().startsWith("a review is left out: doc-18/review.json: it is no JSON: "));
        assertTrue(report.markdown().contains("doc-17/review.json"), report.markdown());
        assertEquals(1, report.summary().get("reviews").get("tasks").asInt());
    }

    /** Five choices, of which the least sure one was wrong, and one of which nobody knows. */
    private ScriptedNight choosing() {
        var night = new ScriptedNight(folder, "20261125-220000", Instant.parse("2026-11-25T22:00:00Z"));
        night.started(6);
        for (int i = 0; i < 6; i++) {
            var task = "link-" + i;
            night.begun(task, "docops.links");
            night.chose(task, i == 0 ? 0.45 : 0.95);
            night.finished(task, i == 0 ? "not_accepted" : i == 5 ? "declined" : "accepted", "", null);
        }
        night.ended("done", List.of());
        night.close();
        return night;
    }

    @Test
    void choices_are_plotted_by_how_sure_the_model_was_with_tables_of_the_same_figures() {
        var night = choosing();
        var report = MorningReport.of(night.file(), List.of(), night.choices(), night.places());
        var html = report.html();
        assertEquals(2, html.split("<figure class=\"plot\">", -1).length - 1, html);
        assertTrue(
                html.contains("aria-label=\"Reliability, as a plot. The table that follows has the same figures.\""));
        assertTrue(html.contains("<code>docops.links, set_link.target</code>: 5 choices judged, 1 not"), html);
        var markdown = report.markdown();
        assertTrue(markdown.contains("| 0.4 to 0.5 | 1 | 45.0 % | 0.0 % | 0.0 to 79.3 % |  |"), markdown);
        assertTrue(markdown.contains("| 0.9 to 1.0 | 4 | 95.0 % | 100.0 % | 51.0 to 100.0 % |  |"), markdown);
        assertTrue(markdown.contains("| 0.5 | 4 | 80.0 % | 0 | 0.0 % | 0.0 to 49.0 % |"), markdown);
    }

    @Test
    void choices_of_the_nights_before_count_too() {
        var before = choosing();
        var night = night();
        var report = MorningReport.of(night.file(), List.of(before.file()), night.choices(), night.places());
        assertTrue(report.markdown().contains("5 choices judged, 1 not"), report.markdown());
    }

    @Test
    void a_report_without_judged_choices_has_no_plot_of_them() {
        assertFalse(report().html().contains("id=\"confidence\""));
    }
}
