package pantheon.night.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.contract.Json;
import pantheon.night.tool.Texts;

/** Front matter that the program writes, as PyYAML and js-yaml read it, which take different words for something else. */
class OtherReadersTest {
    private static final List<String> READ_OTHERWISE = List.of(
            "2026-05-04",
            "2024-02-30",
            "0000-00-00",
            "12:30",
            "1_000",
            "0o17",
            "017",
            "1e3",
            "E-2",
            "yes",
            "Off",
            "n",
            "null",
            "~",
            "=",
            "<<",
            ".inf",
            "",
            " ",
            "+1",
            "-.5",
            "0x1F",
            "0b1",
            "é",
            "日本語",
            "🚀",
            "\u2028",
            "\u0085",
            "\u007f");
    /** Programs that tell the titles of a file that are read as another text, or as no text. */
    enum Reader {
        PYYAML("/usr/bin/python3", "-c", """
                import json, sys, yaml
                for line in open(sys.argv[1], encoding="utf-8"):
                    case = json.loads(line)
                    block = case["document"].split("\\n---\\n")[0][4:]
                    try:
                        read = yaml.safe_load(block)["title"]
                    except Exception as problem:
                        read = problem
                    if read != case["title"]:
                        print(json.dumps(case["title"]))
                """),
        JS_YAML("node", "-e", """
                const yaml = require("/usr/local/share/nodejs/js-yaml");
                const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\\n");
                for (const line of lines.filter(line => line)) {
                    const { title, document } = JSON.parse(line);
                    let read;
                    try {
                        read = yaml.load(document.split("\\n---\\n")[0].slice(4)).title;
                    } catch (problem) {
                        read = problem;
                    }
                    if (read !== title) {
                        console.log(JSON.stringify(title));
                    }
                }
                """);

        private final String program;
        private final String option;
        private final String script;

        Reader(String program, String option, String script) {
            this.program = program;
            this.option = option;
            this.script = script;
        }
    }

    @TempDir
    Path directory;

    /** The titles that a reader takes for something else, as JSON, a line each. */
    private String readOtherwise(Reader reader, List<String> lines) throws Exception {
        var file = Files.write(directory.resolve("lines.jsonl"), lines);
        var process = new ProcessBuilder(reader.program, reader.option, reader.script, file.toString())
                .redirectErrorStream(true)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told;
    }

    private static String line(String title, String document) {
        return Json.write(Json.object().put("title", title).put("document", document));
    }

    @ParameterizedTest
    @EnumSource
    void reads_every_title_as_it_was_set(Reader reader) throws Exception {
        var random = new Random(41);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 3_000; i++) {
            var title = i < READ_OTHERWISE.size() ? READ_OTHERWISE.get(i) : Texts.random(random);
            lines.add(line(title, FrontMatter.of("# Keys\n").with(Map.of("title", title))));
        }
        assertEquals("", readOtherwise(reader, lines));
    }

    @ParameterizedTest
    @EnumSource
    void would_read_a_plain_date_as_another_value(Reader reader) throws Exception {
        var plain = List.of(line("2026-05-04", "---\ntitle: 2026-05-04\n---\n"));
        assertEquals("\"2026-05-04\"\n", readOtherwise(reader, plain));
    }
}
