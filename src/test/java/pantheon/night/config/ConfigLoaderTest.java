package pantheon.night.config;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** Defaults, file, environment and flags, put together. */
final class ConfigLoaderTest {
    private static final String SMALLEST = "models: {tiny: {path: models/tiny}}\n";
    private static final String VARIABLES =
            "[PANTHEON_NIGHT_AGENTS, PANTHEON_NIGHT_CONFIG, PANTHEON_NIGHT_EGRESS_GATE, PANTHEON_NIGHT_EGRESS_REQUIRE, PANTHEON_NIGHT_GIT_EMAIL, PANTHEON_NIGHT_GIT_NAME, PANTHEON_NIGHT_JAVA_HOME, PANTHEON_NIGHT_LEASE, PANTHEON_NIGHT_LOG,"
                    + " PANTHEON_NIGHT_MODELS_TINY_CONTEXT_TOKENS, PANTHEON_NIGHT_MODELS_TINY_DECODING, PANTHEON_NIGHT_MODELS_TINY_ENGINE, PANTHEON_NIGHT_MODELS_TINY_FORMAT,"
                    + " PANTHEON_NIGHT_MODELS_TINY_PATH, PANTHEON_NIGHT_MODELS_TINY_SEQUENCES, PANTHEON_NIGHT_MODELS_TINY_THREADS, PANTHEON_NIGHT_QUEUE,"
                    + " PANTHEON_NIGHT_RETENTION_NIGHTS, PANTHEON_NIGHT_RETENTION_PRUNE,"
                    + " PANTHEON_NIGHT_RETENTION_SIZE, PANTHEON_NIGHT_SHARDS, PANTHEON_NIGHT_SIGNING_KEY, PANTHEON_NIGHT_SLOTS, PANTHEON_NIGHT_STATE, PANTHEON_NIGHT_TOOLS,"
                    + " PANTHEON_NIGHT_WINDOW_ALIKE, PANTHEON_NIGHT_WINDOW_ATTEMPTS, PANTHEON_NIGHT_WINDOW_FROM, PANTHEON_NIGHT_WINDOW_GRACE, PANTHEON_NIGHT_WINDOW_OVERDUE,"
                    + " PANTHEON_NIGHT_WINDOW_TASKS, PANTHEON_NIGHT_WINDOW_TOKENS, PANTHEON_NIGHT_WINDOW_UNTIL, PANTHEON_NIGHT_WORKSPACE]";

    @TempDir
    private Path folder;

    @Test
    void every_default_is_pinned() throws IOException {
        assertEquals(
                new NightConfig(
                        folder.resolve("workspace"),
                        folder.resolve("queue"),
                        folder.resolve("state"),
                        folder.resolve("log"),
                        folder.resolve("agents"),
                        folder.resolve("tools"),
                        Map.of("tiny", new NightConfig.Model(folder.resolve("models/tiny"), 2, 0, null)),
                        0,
                        0,
                        Duration.ofMinutes(1),
                        null,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        3,
                        50,
                        0,
                        0,
                        new NightConfig.Egress(List.of(), NightConfig.Egress.GATE),
                        "pantheon-night",
                        "pantheon-night@localhost",
                        null,
                        new NightConfig.Retention(0, 0, false)),
                load(SMALLEST).config());
    }

    @Test
    void a_file_may_say_its_version_and_nothing_else_can() throws IOException {
        assertEquals(load(SMALLEST).digest(), load("version: 1\n" + SMALLEST).digest());
        var variable = problems(file(SMALLEST), Map.of("PANTHEON_NIGHT_VERSION", "1"));
        assertTrue(variable.startsWith("PANTHEON_NIGHT_VERSION: there is no such variable"), variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "9999999999999999999999"})
    void a_file_of_a_later_version_is_told_as_that_and_nothing_else_of_it(String version) throws IOException {
        var later =
                assertThrows(NightException.class, () -> load("new: key\nversion: %s\nmodels: 5\n".formatted(version)));
        assertEquals(ExitCode.CONFIG, later.exitCode());
        assertEquals(
                "%s:2: version is %s, and this program knows configurations up to version 1. Upgrade the program, or go back to the file that was written for it; CHANGELOG.md tells what each version changed."
                        .formatted(folder.resolve("pantheon-night.yaml"), version),
                later.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "'1'", "one", "[1]"})
    void what_is_no_version_is_told_with_all_else(String version) throws IOException {
        var wrong = assertThrows(NightException.class, () -> load("version: %s\nmodels: 5\n".formatted(version)));
        assertTrue(
                wrong.getMessage().contains(":1: version is ")
                        && wrong.getMessage().contains("; expected 1, the version of this file's form."),
                wrong.getMessage());
        assertEquals(2, wrong.lines().size(), wrong.getMessage());
    }

    @Test
    void a_models_format_can_be_named() throws IOException {
        var loaded = load("models: {tiny: {path: tiny, format: qwen}}\n");
        assertEquals(
                Map.of("tiny", new NightConfig.Model(folder.resolve("tiny"), 2, 0, "qwen")),
                loaded.config().models());
    }

    @Test
    void a_model_of_this_process_may_go_on_with_several_conversations() throws IOException {
        var loaded = load("models: {tiny: {path: tiny, sequences: 8}}\n");
        assertEquals(
                Map.of("tiny", new NightConfig.Model(folder.resolve("tiny"), 2, 0, 8, null, "fast", null)),
                loaded.config().models());
    }

    @Test
    void how_a_model_of_this_process_decodes_is_set() throws IOException {
        assertEquals("fast", decoding("models: {tiny: {path: tiny}}\n"));
        assertEquals("exact", decoding("models: {tiny: {path: tiny, decoding: exact}}\n"));
    }

    private String decoding(String file) throws IOException {
        return requireNonNull(load(file).config().models().get("tiny")).decoding();
    }

    @Test
    void a_model_of_openvino_has_keys_of_its_own() throws IOException {
        var models = load("models: {m: {engine: openvino, path: ir, libraries: ov, device: GPU.1, precision: f16}}\n")
                .config()
                .models();
        assertEquals(
                new NightConfig.Model(
                        folder.resolve("ir"),
                        2,
                        0,
                        1,
                        null,
                        "fast",
                        null,
                        new NightConfig.OpenVino(folder.resolve("ov"), "GPU.1", "f16")),
                models.get("m"));
        assertEquals(
                new NightConfig.OpenVino(null, "CPU", "f32"),
                requireNonNull(load("models: {m: {engine: openvino, path: ir}}\n")
                                .config()
                                .models()
                                .get("m"))
                        .openVino());
    }

    @Test
    void a_servers_model_has_keys_of_its_own() throws IOException {
        var loaded = load(
                "models: {big: {engine: server, socket: run/s.sock, tokenizer: tok, adapter: docs, silence: 30s}}\n");
        assertEquals(
                Map.of(
                        "big",
                        new NightConfig.Model(
                                folder.resolve("tok"),
                                1,
                                0,
                                1,
                                null,
                                "fast",
                                new NightConfig.Server(
                                        folder.resolve("run/s.sock"),
                                        null,
                                        "docs",
                                        0,
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(30)))),
                loaded.config().models());
        assertEquals(
                List.of("models.big.patience 5m default"),
                loaded.values().stream()
                        .filter(value -> value.key().startsWith("models.")
                                && value.origin().equals("default"))
                        .map(value -> value.key() + " " + value.value() + " " + value.origin())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{engine: server, format: qwen} → models.m.socket is missing; expected the path of the server's Unix socket.",
                "{engine: server, socket: s} → models.m.format is missing; expected how the server's model has conversations written, or its tokenizer's folder as tokenizer.",
                "{engine: server, socket: s, format: qwen, path: p} → models.m.path is no key of a model whose engine is server. Remove it, or set engine to onnx or openvino.",
                "{path: p, socket: s} → models.m.socket is no key of a model whose engine is onnx. Remove it, or set engine to server.",
                "{path: p, device: GPU} → models.m.device is no key of a model whose engine is onnx. Remove it, or set engine to openvino.",
                "{engine: openvino, path: p, socket: s} → models.m.socket is no key of a model whose engine is openvino. Remove it, or set engine to server.",
                "{engine: openvino, path: p, device: TPU} → models.m.device is \"TPU\"; expected one of CPU, GPU and NPU, where there are several with a number, as in GPU.1.",
                "{engine: openvino} → models.m.path is missing; expected the path of the model's folder.",
                "{path: p, sequences: 65} → models.m.sequences is 65; expected 1 to 64 where this process runs the model.",
                "{engine: onnx} → models.m.path is missing; expected the path of the model's folder.",
                "{engine: http, path: p} → models.m.engine is \"http\"; expected one of onnx, this process, openvino, OpenVINO in this process, and server, llama.cpp's or vLLM at a Unix socket."
            })
    void a_models_keys_are_those_of_its_engine(String line) throws IOException {
        var parts = line.split(" → ", 2);
        var wrong = assertThrows(NightException.class, () -> load("models: {m: %s}\n".formatted(parts[0])));
        assertEquals(ExitCode.CONFIG, wrong.exitCode());
        assertTrue(wrong.getMessage().endsWith(parts[1]), wrong.getMessage());
    }

    @Test
    void each_value_says_where_it_comes_from() throws IOException {
        var file = file("""
                log: /var/log/night
                models:
                  tiny:
                    path: models/tiny
                    threads: 4
                window:
                  until: 6h
                """);
        var loaded = ConfigLoader.load(
                file,
                Map.of(
                        "PANTHEON_NIGHT_WINDOW_UNTIL", "05:00",
                        "PANTHEON_NIGHT_MODELS_TINY_CONTEXT_TOKENS", "512",
                        "HOME", "/root"),
                Map.of("queue", "/tmp/queue"));
        assertEquals(
                List.of(
                        new ConfigLoader.Value("workspace", folder + "/workspace", "default"),
                        new ConfigLoader.Value("queue", "/tmp/queue", "--queue"),
                        new ConfigLoader.Value("state", folder + "/state", "default"),
                        new ConfigLoader.Value("log", "/var/log/night", file + ":1"),
                        new ConfigLoader.Value("agents", folder + "/agents", "default"),
                        new ConfigLoader.Value("tools", folder + "/tools", "default"),
                        new ConfigLoader.Value("models.tiny.path", folder + "/models/tiny", file + ":4"),
                        new ConfigLoader.Value("models.tiny.threads", "4", file + ":5"),
                        new ConfigLoader.Value(
                                "models.tiny.contextTokens", "512", "PANTHEON_NIGHT_MODELS_TINY_CONTEXT_TOKENS"),
                        new ConfigLoader.Value("lease", "1m", "default"),
                        new ConfigLoader.Value("window.until", "05:00", "PANTHEON_NIGHT_WINDOW_UNTIL"),
                        new ConfigLoader.Value("window.grace", "2m", "default"),
                        new ConfigLoader.Value("window.overdue", "1m", "default"),
                        new ConfigLoader.Value("window.attempts", "3", "default"),
                        new ConfigLoader.Value("window.alike", "50", "default"),
                        new ConfigLoader.Value("egress.require", "", "default"),
                        new ConfigLoader.Value("egress.gate", "/run/pantheon-night-gate/proof.json", "default"),
                        new ConfigLoader.Value("retention.prune", "by-hand", "default"),
                        new ConfigLoader.Value("git.name", "pantheon-night", "default"),
                        new ConfigLoader.Value("git.email", "pantheon-night@localhost", "default")),
                loaded.values());
    }

    @Test
    void a_variable_goes_before_the_file_and_a_flag_before_both() throws IOException {
        var file = file(SMALLEST + "window: {until: 1h}\n");
        var variable = Map.of("PANTHEON_NIGHT_WINDOW_UNTIL", "2h");
        var flag = Map.of("window.until", "3h");
        assertNull(load(SMALLEST).config().until());
        assertEquals(
                "1h",
                ConfigLoader.load(file(SMALLEST + "window: {until: 1h}\n"), Map.of(), Map.of())
                        .config()
                        .until());
        assertEquals("2h", ConfigLoader.load(file, variable, Map.of()).config().until());
        assertEquals("3h", ConfigLoader.load(file, variable, flag).config().until());
        assertEquals("3h", ConfigLoader.load(file, Map.of(), flag).config().until());
    }

    @Test
    void paths_of_the_file_are_taken_from_its_folder_and_others_from_the_working_one() throws IOException {
        var file = file(SMALLEST + "queue: ../queue\nstate: /state/./x\n");
        var config = ConfigLoader.load(file, Map.of("PANTHEON_NIGHT_LOG", "log"), Map.of("workspace", "sub/workspace"))
                .config();
        assertEquals(folder.resolveSibling("queue"), config.queue());
        assertEquals(Path.of("/state/x"), config.state());
        assertEquals(Path.of("log").toAbsolutePath(), config.log());
        assertEquals(Path.of("sub/workspace").toAbsolutePath(), config.workspace());
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_their_lines() throws IOException {
        var file = file("""
                quue: queue
                workspace: 7
                models:
                  tiny:
                    path: models/tiny
                    threads: two
                    contextTokens: 0
                  large:
                    thread: 2
                window:
                  until: 6
                git:
                  email: nobody <nobody@localhost>
                """);
        assertEquals(
                """
                %1$s:1: quue is no key here; expected one of [version, workspace, queue, state, log, agents, tools, models, slots, shards, lease, window, egress, signing, retention, git]. \
                Did you mean "queue"?
                %1$s:2: workspace is 7; expected the path of the git repository to work on.
                %1$s:6: models.tiny.threads is "two"; expected 1 to 64, the threads of one operation. Set it to the number \
                of cores.
                %1$s:7: models.tiny.contextTokens is 0; expected 1 to 1048576. Set it to the model's context length, or \
                leave it out.
                %1$s:8: models.large.path is missing; expected the path of the model's folder.
                %1$s:9: models.large.thread is no key here; expected one of [engine, path, threads, contextTokens, format, decoding, libraries, device, precision, socket, model, adapter, tokenizer, sequences, patience, silence]. Did you mean \
                "threads"?
                %1$s:11: window.until is 6; expected a time of day such as "06:00" or a duration such as 6h or 90m, with \
                its unit.
                %1$s:13: git.email is "nobody <nobody@localhost>"; expected the e-mail address of the commits' author.
                PANTHEON_NIGHT_QUEU: there is no such variable; expected one of %2$s. Did you mean "PANTHEON_NIGHT_QUEUE"?
                PANTHEON_NIGHT_STATE: state is ""; expected the path of the folder for scratch checkouts and artifacts.\
                """.formatted(
                                file,
                                VARIABLES.replace(
                                        "PANTHEON_NIGHT_MODELS_TINY_C",
                                        "PANTHEON_NIGHT_MODELS_LARGE_CONTEXT_TOKENS, PANTHEON_NIGHT_MODELS_LARGE_DECODING, PANTHEON_NIGHT_MODELS_LARGE_ENGINE, PANTHEON_NIGHT_MODELS_LARGE_FORMAT, PANTHEON_NIGHT_MODELS_LARGE_PATH,"
                                                + " PANTHEON_NIGHT_MODELS_LARGE_SEQUENCES, PANTHEON_NIGHT_MODELS_LARGE_THREADS, PANTHEON_NIGHT_MODELS_TINY_C")),
                problems(file, Map.of("PANTHEON_NIGHT_QUEU", "q", "PANTHEON_NIGHT_STATE", "")));
    }

    @Test
    void a_wrong_item_of_a_variable_s_list_is_told_of_the_variable() throws IOException {
        assertEquals(
                "PANTHEON_NIGHT_EGRESS_REQUIRE: egress.require.1 is \"nosuch\"; expected one of private_network,"
                        + " no_capabilities, not_root, gate.",
                problems(file(SMALLEST), Map.of("PANTHEON_NIGHT_EGRESS_REQUIRE", "gate, nosuch")));
    }

    @Test
    void a_wrong_flag_is_named_as_the_flag() throws IOException {
        var refused = assertThrows(
                NightException.class,
                () -> ConfigLoader.load(file(SMALLEST), Map.of(), Map.of("window.until", "dawn")));
        assertEquals(
                "--until is \"dawn\"; expected a time of day such as \"06:00\" or a duration such as 6h"
                        + " or 90m, with its unit.",
                refused.getMessage());
    }

    @Test
    void a_wrong_flag_is_a_wrong_command_line_and_anything_else_a_wrong_configuration() throws IOException {
        var flag = Map.of("window.until", "dawn");
        var variable = Map.of("PANTHEON_NIGHT_WINDOW_UNTIL", "dawn");
        assertEquals(ExitCode.USAGE, exitCode(SMALLEST, Map.of(), flag));
        assertEquals(ExitCode.CONFIG, exitCode(SMALLEST, variable, Map.of()));
        assertEquals(ExitCode.CONFIG, exitCode(SMALLEST + "window: {until: dawn}\n", Map.of(), Map.of()));
        var queu = Map.of("PANTHEON_NIGHT_QUEU", "q");
        assertEquals(ExitCode.CONFIG, exitCode(SMALLEST, queu, flag)); // more than the flag is wrong
    }

    private ExitCode exitCode(String text, Map<String, String> variables, Map<String, String> flags)
            throws IOException {
        var file = file(text);
        return assertThrows(NightException.class, () -> ConfigLoader.load(file, variables, flags))
                .exitCode();
    }

    @Test
    void a_variable_far_from_any_known_is_told_without_a_guess() throws IOException {
        assertEquals(
                "PANTHEON_NIGHT_EVERYTHING: there is no such variable; expected one of " + VARIABLES + ". Unset it.",
                problems(file(SMALLEST), Map.of("PANTHEON_NIGHT_EVERYTHING", "1")));
        ConfigLoader.load(
                file(SMALLEST),
                Map.of("PANTHEON_NIGHT_CONFIG", "x", "PANTHEON_NIGHT_JAVA_HOME", "y", "PANTHEON", "z"),
                Map.of());
    }

    @Test
    void models_whose_variables_would_be_the_same_are_refused() throws IOException {
        var file = file("models:\n  a-b: {path: x}\n  a.b: {path: y}\n");
        assertEquals("""
                %1$s:3: models.a.b.engine and models.a-b.engine have the same variable, PANTHEON_NIGHT_MODELS_A_B_ENGINE. Rename \
                one.
                %1$s:3: models.a.b.path and models.a-b.path have the same variable, PANTHEON_NIGHT_MODELS_A_B_PATH. Rename \
                one.
                %1$s:3: models.a.b.threads and models.a-b.threads have the same variable, \
                PANTHEON_NIGHT_MODELS_A_B_THREADS. Rename one.
                %1$s:3: models.a.b.contextTokens and models.a-b.contextTokens have the same variable, \
                PANTHEON_NIGHT_MODELS_A_B_CONTEXT_TOKENS. Rename one.
                %1$s:3: models.a.b.format and models.a-b.format have the same variable, PANTHEON_NIGHT_MODELS_A_B_FORMAT. \
                Rename one.
                %1$s:3: models.a.b.decoding and models.a-b.decoding have the same variable, PANTHEON_NIGHT_MODELS_A_B_DECODING. \
                Rename one.
                %1$s:3: models.a.b.sequences and models.a-b.sequences have the same variable, \
                PANTHEON_NIGHT_MODELS_A_B_SEQUENCES. Rename one.\
                """.formatted(file), problems(file, Map.of()));
    }

    @Test
    void no_model_and_a_model_with_an_odd_name_are_refused() throws IOException {
        var file = file("queue: q\n");
        assertEquals(
                file + ":1: models is missing; expected the local models, by the names that agents use.",
                problems(file, Map.of()));
        file = file("queue: q\nmodels: {}\n");
        assertEquals(
                file + ":2: models is {}; expected the local models, by the names that agents use.",
                problems(file, Map.of()));
        file = file("models:\n  \"a model\": {path: x}\n");
        assertEquals(
                file
                        + ":2: models.a model has no name that can stand here; expected letters and digits, joined by single"
                        + " dots, hyphens and underscores.",
                problems(file, Map.of()));
    }

    @Test
    void a_section_that_is_none_is_refused_and_not_replaced() throws IOException {
        var file = file(SMALLEST + "window:\ngit: night\n");
        assertEquals("""
                %1$s:2: window is null; expected the time in which the night may work; leave the section out for a night \
                without end.
                %1$s:3: git is "night"; expected who the night's commits are by.\
                """.formatted(file), problems(file, Map.of("PANTHEON_NIGHT_WINDOW_UNTIL", "6h")));
    }

    @Test
    void only_times_of_day_and_durations_with_a_unit_end_a_night() throws IOException {
        for (var good : List.of("\"00:00\"", "06:00", "23:59", "6h", "90m", "30s", "1h30m", "1h30m15s")) {
            assertEquals(
                    good.replace("\"", ""),
                    load(SMALLEST + "window: {until: " + good + "}\n").config().until());
        }
        for (var wrong : List.of(
                "6",
                "\"6\"",
                "\"\"",
                "24:00",
                "6:00",
                "06:60",
                "0h",
                "6 h",
                "6d",
                "h",
                "1.5h",
                "-1h",
                "30m1h",
                "9999999h",
                "\"06:00\\n\"",
                "yes",
                "null",
                "[6h]")) {
            var file = file(SMALLEST + "window: {until: " + wrong + "}\n");
            assertEquals(1, problems(file, Map.of()).lines().count(), wrong);
        }
    }

    @Test
    void a_path_with_a_zero_byte_is_refused() throws IOException {
        var file = file(SMALLEST + "queue: \"a\\0b\"\n");
        assertEquals(file + ":2: \"a\\u0000b\" is no path: Nul character not allowed.", problems(file, Map.of()));
    }

    @Test
    void the_digest_tells_values_apart_and_not_the_ways_to_them() throws IOException {
        var one = load(SMALLEST + "log: /log\nqueue: /queue\n").digest();
        assertEquals(
                one, load("queue: /queue\nlog: \"/log\" # here\n" + SMALLEST).digest());
        assertEquals(
                one,
                ConfigLoader.load(file(SMALLEST + "queue: /queue\n"), Map.of("PANTHEON_NIGHT_LOG", "/log"), Map.of())
                        .digest());
        assertNotEquals(one, load(SMALLEST + "log: /log\nqueue: /other\n").digest());
    }

    @Test
    void a_list_is_taken_from_the_file_and_from_a_variable() throws IOException {
        var file = file(SMALLEST + "egress: {require: [gate, not_root]}\n");
        assertEquals(
                List.of("gate", "not_root"),
                ConfigLoader.load(file, Map.of(), Map.of()).config().egress().require());
        var variable = Map.of("PANTHEON_NIGHT_EGRESS_REQUIRE", " no_capabilities private_network,gate");
        assertEquals(
                List.of("no_capabilities", "private_network", "gate"),
                ConfigLoader.load(file, variable, Map.of()).config().egress().require());
        assertTrue(
                problems(file, Map.of("PANTHEON_NIGHT_EGRESS_REQUIRE", "gates"))
                        .contains(
                                "egress.require.0 is \"gates\"; expected one of private_network, no_capabilities, not_root, gate."));
    }

    @Test
    void every_value_can_be_set_by_its_variable() throws IOException {
        var file = file(SMALLEST);
        var environment = new TreeMap<>(Map.of(
                "PANTHEON_NIGHT_WORKSPACE", "/1",
                "PANTHEON_NIGHT_QUEUE", "/2",
                "PANTHEON_NIGHT_STATE", "/3",
                "PANTHEON_NIGHT_LOG", "/4",
                "PANTHEON_NIGHT_AGENTS", "/5",
                "PANTHEON_NIGHT_MODELS_TINY_PATH", "/6",
                "PANTHEON_NIGHT_MODELS_TINY_THREADS", "7",
                "PANTHEON_NIGHT_MODELS_TINY_CONTEXT_TOKENS", "8",
                "PANTHEON_NIGHT_GIT_NAME", "9",
                "PANTHEON_NIGHT_GIT_EMAIL", "10"));
        environment.put("PANTHEON_NIGHT_MODELS_TINY_ENGINE", "onnx");
        environment.put("PANTHEON_NIGHT_WINDOW_ATTEMPTS", "11");
        environment.put("PANTHEON_NIGHT_WINDOW_ALIKE", "21");
        environment.put("PANTHEON_NIGHT_WINDOW_TASKS", "22");
        environment.put("PANTHEON_NIGHT_WINDOW_TOKENS", "2300000000");
        environment.put("PANTHEON_NIGHT_WINDOW_GRACE", "13s");
        environment.put("PANTHEON_NIGHT_WINDOW_OVERDUE", "14s");
        environment.put("PANTHEON_NIGHT_SIGNING_KEY", "/15");
        environment.put("PANTHEON_NIGHT_RETENTION_NIGHTS", "16");
        environment.put("PANTHEON_NIGHT_RETENTION_SIZE", "17GB");
        environment.put("PANTHEON_NIGHT_RETENTION_PRUNE", "nightly");
        environment.put("PANTHEON_NIGHT_TOOLS", "/12");
        environment.put("PANTHEON_NIGHT_EGRESS_REQUIRE", "gate, not_root");
        environment.put("PANTHEON_NIGHT_EGRESS_GATE", "/18");
        environment.put("PANTHEON_NIGHT_LEASE", "19s");
        var values = ConfigLoader.load(file, environment, Map.of("window.until", "12s")).values().stream()
                .collect(Collectors.toMap(ConfigLoader.Value::origin, ConfigLoader.Value::value));
        assertEquals("12s", values.remove("--until"));
        assertEquals(
                environment.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: \" \"",
                "name: \"a\\u0007b\"",
                "name: \"Ann \"",
                "name: \"Ann\\n\"",
                "name: ...",
                "email: \"a\\u0001@b\"",
                "email: \"@\""
            })
    void an_identity_that_git_cannot_write_is_told_with_its_line(String bad) throws IOException {
        var file = file(SMALLEST + "git:\n  " + bad + "\n");
        var problem = problems(file, Map.of());
        assertTrue(problem.startsWith(file + ":3: git." + bad.substring(0, bad.indexOf(':')) + " is "), problem);
        assertTrue(problem.contains("which git cannot write into a commit"), problem);
        load(SMALLEST + "git:\n  name: Änn O'Néil, Jr.\n  email: ann@localhost\n");
    }

    private ConfigLoader.Loaded load(String yaml) throws IOException {
        return ConfigLoader.load(file(yaml), Map.of(), Map.of());
    }

    private String problems(Path file, Map<String, String> environment) {
        var refused = assertThrows(NightException.class, () -> ConfigLoader.load(file, environment, Map.of()));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        return refused.getMessage();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("pantheon-night.yaml"), yaml);
    }
}
