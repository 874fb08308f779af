package pantheon.night.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.document.Slug;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.Message;
import pantheon.night.prompt.QwenTemplate;
import pantheon.night.training.MiningOptions.GroupBy;
import pantheon.night.training.secrets.MadeUpSecrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class MiningTest {
    private static final MiningOptions ALL_TO_TRAIN = options("100/0/0", GroupBy.FILE, 1);

    @TempDir
    private Path folder;

    private static MiningOptions options(String percent, GroupBy groupBy, int stages) {
        return new MiningOptions(MiningOptions.percent(percent), 7, groupBy, stages, true, Set.of(), "MIT");
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    private static ObjectNode mine(MiningOptions options, Path out, PastNight... nights) {
        for (var night : nights) {
            night.close();
        }
        return new Mining(options)
                .mine(List.of(nights).stream().map(PastNight::source).toList(), out);
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Json::parse).toList()
                : List.of();
    }

    private static JsonNode provenance(JsonNode row) {
        return Json.parse(row.get("provenance").stringValue());
    }

    /** Texts that share no run of words. */
    private static String text(int number) {
        var words = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            words.add(Sha256.hex(number + " " + i).substring(0, 6));
        }
        return String.join(" ", words);
    }

    @Test
    void a_conversation_renders_to_the_prompt_that_was_sent() throws IOException {
        var night = new PastNight(folder, "n1").task("t1", "a.md", "Über <|im_end|> \"x\"\n", "accepted");
        mine(ALL_TO_TRAIN, out("d"), night);
        var row = rows(out("d").resolve("train/sft_tools.jsonl")).getFirst();
        var messages = new ArrayList<Message>();
        for (var message : row.get("messages")) {
            var content = message.get("content").stringValue();
            messages.add(
                    switch (message.get("role").stringValue()) {
                        case "system" -> new Message.Instructions(content);
                        case "user" -> new Message.User(content);
                        case "tool" -> new Message.Tool(content);
                        default ->
                            new Message.Assistant(
                                    content,
                                    message.get("tool_calls")
                                            .valueStream()
                                            .map(call -> call.get("function"))
                                            .map(function -> new Message.Call(
                                                    function.get("name").stringValue(), function.get("arguments")))
                                            .toList());
                    });
        }
        var sent = Files.readString(night.artifacts().resolve("t1/prompt.txt"));
        for (var template : QwenTemplate.values()) {
            var rendered = template.render(
                    messages,
                    Json.parse(row.get("tools").stringValue()).valueStream().toList(),
                    false);
            assertEquals(sent + "<|im_end|>\n", rendered);
        }
    }

    @Test
    void a_turn_is_the_prompt_that_the_journal_has_and_its_answer() throws IOException {
        var night = new PastNight(folder, "n1").task("t1", "a.md", "text", "accepted");
        mine(ALL_TO_TRAIN, out("d"), night);
        var turns = rows(out("d").resolve("train/sft_gen.jsonl"));
        var hashes = new ArrayList<String>();
        var texts = new ArrayList<String>();
        new TraceReader("n1", null, trace -> hashes.addAll(trace.promptHashes()))
                .read(night.source().journal());
        for (var turn : turns) {
            texts.add(turn.get("completion").stringValue());
        }
        assertEquals(
                hashes,
                turns.stream()
                        .map(turn -> Sha256.hex(turn.get("prompt").stringValue()))
                        .toList());
        assertEquals(2, texts.size());
        assertTrue(texts.getLast().endsWith("{\"status\": \"done\"}}\n</tool_call><|im_end|>"), texts.getLast());
    }

    @Test
    void every_file_keeps_to_its_schema() throws IOException {
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", text(1), "accepted")
                .task("t2", "b.md", text(2), "not_accepted")
                .correctedTask("t3", "c.md");
        mine(ALL_TO_TRAIN, out("d"), night);
        var seen = new TreeSet<String>();
        try (var files = Files.walk(out("d"))) {
            for (var file :
                    files.filter(file -> file.toString().matches(".*\\.jsonl?")).toList()) {
                var name = file.getFileName().toString();
                var schema = name.replaceFirst("\\.jsonl?$", "");
                seen.add(schema);
                var values = name.endsWith(".jsonl") ? rows(file) : List.of(Json.parse(Files.readString(file)));
                assertFalse(values.isEmpty(), name);
                for (var value : values) {
                    assertEquals(
                            List.of(),
                            Schema.resource("/schema/training/" + schema + ".json")
                                    .check(value),
                            name);
                }
            }
        }
        assertEquals(
                Set.of(
                        "calls",
                        "dataset_info",
                        "failed",
                        "manifest",
                        "outputs",
                        "sft_gen",
                        "sft_sharegpt",
                        "sft_tools",
                        "sft_tools.openai"),
                seen);
    }

    @Test
    void only_green_traces_are_learned_from_and_the_others_say_why() throws IOException {
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", text(1), "accepted")
                .task("t2", "b.md", text(2), "not_accepted")
                .correctedTask("t3", "c.md");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals(1, manifest.get("kept").intValue());
        assertEquals("{\"corrected_on_the_way\": 1, \"not_accepted\": 1}", Json.write(manifest.get("left_out")));
        assertEquals(
                List.of("t2 not_accepted", "t3 accepted"),
                rows(out("d").resolve("failed.jsonl")).stream()
                        .map(row -> row.get("task").stringValue() + " "
                                + row.get("finish_reason").stringValue())
                        .toList());
    }

    @Test
    void what_a_reviewer_rejects_is_not_learned_from_and_what_all_accept_is() throws IOException {
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", text(1), "accepted")
                .task("t2", "b.md", text(2), "accepted")
                .task("t3", "c.md", text(3), "accepted")
                .task("t4", "d.md", text(4), "not_accepted")
                .task("t5", "e.md", text(5), "accepted");
        review(night, "t1", "[{\"reviewer\": \"ann\", \"accepts\": true}, {\"reviewer\": \"r@2\", \"accepts\": true}]");
        review(
                night,
                "t2",
                "[{\"reviewer\": \"ann\", \"accepts\": true}, {\"reviewer\": \"r@2\", \"accepts\": false, \"message\": \"lost its accent; password=hunter2hunter2\"}]");
        review(night, "t3", "[{\"reviewer\": \"ann\"}]");
        review(night, "t4", "[{\"reviewer\": \"ann\", \"accepts\": false}]");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals(
                Json.parse("{\"not_accepted\": 1, \"rejected_by_reviewer\": 1, \"review_unreadable\": 1}"),
                manifest.get("left_out"));
        assertEquals(
                List.of("t1", "t5"),
                rows(out("d").resolve("train/sft_tools.jsonl")).stream()
                        .map(row -> provenance(row).get("task").stringValue())
                        .toList());
        var rejected = rows(out("d").resolve("failed.jsonl")).getFirst();
        assertEquals(
                "t2 rejected_by_reviewer",
                rejected.get("task").stringValue() + " "
                        + rejected.get("reason").stringValue());
        assertEquals("accepted", rejected.get("finish_reason").stringValue());
        assertEquals(
                "r@2: lost its accent; password=[removed assigned_secret]",
                rejected.get("message").stringValue());
    }

    @Test
    void a_task_that_changed_nothing_is_learned_from_only_where_its_agent_says_that_it_may() throws IOException {
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", text(1), "accepted")
                .unchangedTask("t2", "b.md", text(2));
        assertEquals(
                Json.parse("{\"unchanged\": 1}"),
                mine(ALL_TO_TRAIN, out("d"), night).get("left_out"));
        assertEquals(
                "t2 unchanged nothing had to change",
                rows(out("d").resolve("failed.jsonl")).stream()
                        .map(row -> "%s %s %s"
                                .formatted(
                                        row.get("task").stringValue(),
                                        row.get("reason").stringValue(),
                                        row.get("message").stringValue()))
                        .collect(Collectors.joining()));
        var may = new MiningOptions(
                MiningOptions.percent("100/0/0"), 7, GroupBy.FILE, 1, true, Set.of("docops.title"), "MIT");
        assertEquals(
                2,
                new Mining(may)
                        .mine(List.of(night.source()), out("e"))
                        .get("kept")
                        .intValue());
    }

    private static void review(PastNight night, String task, String reviews) throws IOException {
        Files.writeString(night.artifacts().resolve(task).resolve("review.json"), "{\"reviews\": " + reviews + "}");
    }

    @Test
    void a_row_tells_where_it_is_from() throws IOException {
        var night = new PastNight(folder, "n1").task("t1", "a.md", "text", "accepted");
        mine(ALL_TO_TRAIN, out("d"), night);
        var provenance = provenance(rows(out("d").resolve("train/calls.jsonl")).getFirst());
        var lastLine = Files.readAllLines(night.source().journal()).getLast();
        assertEquals("n1", provenance.get("run").stringValue());
        assertEquals("t1", provenance.get("task").stringValue());
        assertEquals(Sha256.hex(lastLine), provenance.get("journal_hash").stringValue());
        assertEquals("d4".repeat(32), provenance.get("model_digest").stringValue());
        assertEquals("b2".repeat(20), provenance.get("repository").stringValue());
        assertEquals("MIT", provenance.get("licence").stringValue());
    }

    @Test
    void artifacts_that_the_journal_does_not_vouch_for_are_left_out() throws IOException {
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", text(1), "accepted")
                .task("t2", "b.md", text(2), "accepted")
                .task("t3", "c.md", text(3), "accepted");
        Files.delete(night.artifacts().resolve("t1/prompt.txt"));
        var changed = night.artifacts().resolve("t2/prompt.txt");
        Files.writeString(changed, Files.readString(changed).replace("b.md", "x.md"));
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals("{\"artifacts_missing_or_changed\": 2}", Json.write(manifest.get("left_out")));
        assertEquals(1, manifest.get("kept").intValue());
    }

    @Test
    void secrets_are_taken_out_of_everything_that_is_written() throws IOException {
        var key = "AKIA"
                + "Q3EXAMPLE7ABCDEF"
                        .replace('8', 'Z')
                        .replace('9', 'Z')
                        .replace('0', 'Z')
                        .replace('1', 'Z');
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", "the key is " + key + " indeed", "accepted")
                .task("t2", "b.md", "the key is " + key + " here too", "not_accepted");
        assertTrue(Files.readString(night.artifacts().resolve("t1/prompt.txt")).contains(key), "it was there");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals(2, manifest.get("secrets_removed").intValue());
        try (var files = Files.walk(out("d"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(key), file.toString());
            }
        }
        assertTrue(Files.readString(out("d").resolve("train/sft_tools.jsonl")).contains("[removed aws_access_key]"));
    }

    @Test
    void no_row_holds_a_secret_of_a_title_nor_what_a_tool_made_of_it() throws IOException {
        var secrets = Stream.of(MadeUpSecrets.tokens(), MadeUpSecrets.inContext())
                .flatMap(List::stream)
                .toList();
        var night = new PastNight(folder, "n1").titled("clean", "clean.md", "Rotate the keys " + text(1));
        for (int i = 0; i < secrets.size(); i++) {
            var secret = secrets.get(i).text();
            night.titled("bare-" + i, "bare-%d.md".formatted(i), "Rotate " + secret + " today " + text(3 * i));
            night.titled("hyphen-" + i, "hyphen-%d.md".formatted(i), "Rotate key-" + secret + " " + text(3 * i + 1));
            night.titled("line-" + i, "line-%d.md".formatted(i), "Rotate key_" + secret + " " + text(3 * i + 2));
        }
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        var written = String.join("\n", contents(out("d")).values()).toLowerCase(Locale.ROOT);
        for (var secret : secrets) {
            for (var form : List.of(secret.value(), Slug.of(secret.value()), Slug.of("key-" + secret.text()))) {
                assertFalse(written.contains(form.toLowerCase(Locale.ROOT)), form);
            }
        }
        int leftOut = manifest.at("/left_out/secret_in_another_form").intValue();
        assertTrue(leftOut > 2 * secrets.size(), "all but those whose slug has their form too: " + leftOut);
        assertEquals(1 + 3 * secrets.size(), manifest.get("kept").intValue() + leftOut, manifest::toString);
        assertTrue(written.contains(Slug.of("Rotate the keys " + text(1))), "a slug without a secret stays");
    }

    @Test
    void a_private_key_of_any_length_is_in_no_row() throws IOException {
        var keys = MadeUpSecrets.keyBlocks();
        var night = new PastNight(folder, "n1");
        for (int i = 0; i < keys.size(); i++) {
            night.task(
                    "t" + i, "f%d.md".formatted(i), text(i) + "\n" + keys.get(i).text(), "accepted");
            night.task(
                    "u" + i,
                    "u%d.md".formatted(i),
                    text(99 + i) + "\n" + keys.get(i).text(),
                    "not_accepted");
        }
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertFalse(String.join("\n", contents(out("d")).values())
                .contains(keys.getFirst().value()));
        assertTrue(manifest.get("kept").intValue() >= keys.size() / 2, "they are taken out: " + manifest);
    }

    @Test
    void a_trace_whose_own_name_looks_like_a_secret_is_left_out_alone() throws IOException {
        var key = "AK" + "IAQ3EXAMPLE7ABCDEF";
        var night = new PastNight(folder, "n1")
                .task(key, "a.md", text(1), "accepted")
                .task(key + "-2", "b.md", text(2), "declined")
                .task("t3", "c.md", text(3), "accepted")
                .task("t4", "d.md", text(4), "declined");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals("{\"declined\": 1, \"secret_left\": 2}", Json.write(manifest.get("left_out")));
        assertEquals(1, manifest.get("kept").intValue());
        assertFalse(String.join("\n", contents(out("d")).values()).contains(key));
    }

    @Test
    void a_night_whose_id_looks_like_a_secret_stops_it_and_nothing_is_written() {
        var night = new PastNight(folder, "AK" + "IAQ3EXAMPLE7ABCDEF").task("t1", "a.md", "text", "accepted");
        var refused = assertThrows(NightException.class, () -> mine(ALL_TO_TRAIN, out("d"), night));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).contains("aws_access_key"), refused.getMessage());
        assertFalse(String.valueOf(refused.getMessage()).contains("AKIA"), refused.getMessage());
        assertFalse(Files.exists(out("d")));
        assertFalse(Files.exists(out("d.making")));
    }

    @Test
    void what_was_taken_out_of_one_trace_is_in_no_other_in_any_order() throws IOException {
        var token = "gh" + "p_abcdefghij0123456789ABCDEFGHIJ012345";
        var night = new PastNight(folder, "n1")
                .task("early", "a.md", text(1) + " see use-" + Slug.of(token) + ".md", "accepted")
                .task("failed", "b.md", text(2) + " see " + token.substring(9, 22), "declined")
                .task("origin", "c.md", text(3) + " https://ann:hunter" + "27@example.org and " + token, "accepted")
                .task("short", "d.md", text(4) + " hunter" + "27-slug", "accepted")
                .task("clean", "e.md", text(5) + " thehunter" + "27 abcdefghi-12345", "accepted");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals("{\"secret_of_another_trace\": 3}", Json.write(manifest.get("left_out")));
        assertEquals(2, manifest.get("kept").intValue());
        var written = String.join("\n", contents(out("d")).values()).toLowerCase(Locale.ROOT);
        for (var part : List.of(
                Slug.of(token).substring(4),
                "hunter" + "27-slug",
                token.substring(9, 22).toLowerCase(Locale.ROOT))) {
            assertFalse(written.contains(part), part);
        }
    }

    @Test
    void duplicates_and_near_duplicates_are_left_out() throws IOException {
        var long1 = text(1) + " " + text(2) + " " + text(3) + " " + text(4);
        var night = new PastNight(folder, "n1")
                .task("t1", "a.md", long1, "accepted")
                .task("t2", "a.md", long1, "accepted")
                .task("t3", "a.md", long1 + " once more", "accepted")
                .task("t4", "a.md", text(5), "accepted");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertEquals("{\"duplicate\": 1, \"near_duplicate\": 1}", Json.write(manifest.get("left_out")));
        assertEquals(2, manifest.get("kept").intValue());
    }

    @Test
    void what_shares_a_file_is_never_in_two_splits() throws IOException {
        var night = new PastNight(folder, "n1");
        for (int i = 0; i < 120; i++) {
            night.task("t" + i, "file-%d.md".formatted(i % 40), text(i), "accepted");
        }
        mine(options("50/25/25", GroupBy.FILE, 1), out("d"), night);
        var splitOf = new HashMap<String, String>();
        var rows = new HashMap<String, Integer>();
        for (var split : List.of("train", "validation", "test")) {
            for (var row : rows(out("d").resolve(split).resolve("sft_tools.jsonl"))) {
                var path = row.get("messages").get(1).get("content").stringValue();
                assertEquals(split, splitOf.computeIfAbsent(path, first -> split), path);
                rows.merge(split, 1, Integer::sum);
            }
        }
        assertEquals(120, rows.values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(Set.of("train", "validation", "test"), rows.keySet());
    }

    @Test
    void all_of_a_repository_or_a_template_can_be_kept_in_one_split() throws IOException {
        for (var groupBy : List.of(GroupBy.REPOSITORY, GroupBy.TEMPLATE)) {
            var night = new PastNight(folder.resolve(groupBy.word()), "n1");
            for (int i = 0; i < 20; i++) {
                night.task("t" + i, "file-%d.md".formatted(i), text(i), "accepted");
            }
            mine(options("40/30/30", groupBy, 1), out(groupBy.word() + "-d"), night);
            try (var files = Files.walk(out(groupBy.word() + "-d"))) {
                assertEquals(
                        1,
                        files.filter(file -> file.endsWith("sft_tools.jsonl")).count());
            }
        }
    }

    @Test
    void grouped_by_template_too_a_file_of_two_agents_is_in_one_split() {
        var together = new HashMap<GroupBy, Boolean>();
        for (var groupBy : GroupBy.values()) {
            var one = groupBy.keys(trace("template 1", "a.md"));
            together.put(groupBy, one.stream().anyMatch(groupBy.keys(trace("template 2", "a.md"))::contains));
        }
        assertEquals(Map.of(GroupBy.FILE, true, GroupBy.REPOSITORY, true, GroupBy.TEMPLATE, true), together);
        var others = GroupBy.TEMPLATE.keys(trace("template 2", "b.md"));
        assertTrue(GroupBy.TEMPLATE.keys(trace("template 1", "a.md")).stream().noneMatch(others::contains));
    }

    private static Trace trace(String template, String path) {
        return new Trace(
                Json.object(),
                FinishReason.ACCEPTED,
                false,
                "",
                1,
                0,
                1,
                List.of(),
                List.of(path),
                new Provenance("n1", "t1", "", "", "agent", "1", template, "repository", null));
    }

    @Test
    void a_split_that_should_have_rows_and_has_none_is_told() throws IOException {
        var night = new PastNight(folder, "n1").task("t1", "a.md", text(1), "accepted");
        assertEquals(
                "[\"validation\", \"test\"]",
                Json.write(mine(options("98/1/1", GroupBy.FILE, 1), out("d"), night)
                        .get("empty_splits")));
        assertEquals(
                "[]",
                Json.write(new Mining(ALL_TO_TRAIN)
                        .mine(List.of(night.source()), out("e"))
                        .get("empty_splits")));
    }

    @Test
    void the_easiest_come_first_and_stages_cut_them_evenly() throws IOException {
        var night = new PastNight(folder, "n1");
        for (int i = 0; i < 9; i++) {
            night.task("t" + i, "f%d.md".formatted(i), text(i), "accepted");
        }
        mine(options("100/0/0", GroupBy.FILE, 3), out("d"), night);
        long before = 0;
        for (int stage = 1; stage <= 3; stage++) {
            var rows = rows(out("d").resolve("train/sft_tools.stage-%d.jsonl".formatted(stage)));
            assertEquals(3, rows.size());
            for (var row : rows) {
                var difficulty = row.get("difficulty");
                long now = difficulty.get("steps").longValue() * 1_000_000
                        + difficulty.get("tokens").longValue();
                assertTrue(now >= before);
                before = now;
            }
        }
    }

    @Test
    void the_same_nights_give_the_same_bytes() throws IOException {
        var night = new PastNight(folder, "n1");
        for (int i = 0; i < 30; i++) {
            night.task("t" + i, "f%d.md".formatted(i % 7), text(i), i % 5 == 0 ? "declined" : "accepted");
        }
        mine(MiningOptions.DEFAULT, out("d1"), night);
        new Mining(MiningOptions.DEFAULT).mine(List.of(night.source()), out("d2"));
        assertEquals(contents(out("d1")), contents(out("d2")));
        assertTrue(contents(out("d1")).containsKey("manifest.json"));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var contents = new HashMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void the_manifest_tells_each_files_digest_and_rows() throws IOException {
        var night = new PastNight(folder, "n1").task("t1", "a.md", "text", "accepted");
        var manifest = mine(ALL_TO_TRAIN, out("d"), night);
        assertFalse(manifest.get("files").isEmpty());
        for (var file : manifest.get("files")) {
            var bytes = Files.readAllBytes(out("d").resolve(file.get("file").stringValue()));
            assertEquals(Sha256.hex(bytes), file.get("sha256").stringValue());
            assertEquals(bytes.length, file.get("bytes").intValue());
            assertEquals(
                    rows(out("d").resolve(file.get("file").stringValue())).size(),
                    file.get("rows").intValue());
        }
    }

    @Test
    void a_folder_that_is_there_is_not_written_over() {
        var night = new PastNight(folder, "n1").task("t1", "a.md", "text", "accepted");
        var refused = assertThrows(NightException.class, () -> mine(ALL_TO_TRAIN, folder, night));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
    }
}
