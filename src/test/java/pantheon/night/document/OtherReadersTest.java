package pantheon.night.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.tool.Texts;

/** Front matter that the program writes, as PyYAML reads it, the reader that takes most words for something else. */
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
    /** Tells the titles that are read as another text, or as no text. */
    private static final String SCRIPT = """
            import json, sys, yaml
            for line in open(sys.argv[1], encoding="utf-8"):
                case = json.loads(line)
                block = case["document"].split("\\n---\\n")[0][4:]
                try:
                    read = yaml.safe_load(block)["title"]
                except Exception as problem:
                    read = problem
                if read != case["title"]:
                    print(ascii(case["title"]), "is read as", ascii(read))
            """;

    @TempDir
    Path directory;

    private String readAnew(List<String> lines) throws Exception {
        var file = Files.write(directory.resolve("lines.jsonl"), lines);
        var python = new ProcessBuilder("/usr/bin/python3", "-c", SCRIPT, file.toString())
                .redirectErrorStream(true)
                .start();
        var told = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, python.waitFor(), told);
        return told;
    }

    private static String line(String title, String document) {
        return Json.write(Json.object().put("title", title).put("document", document));
    }

    @Test
    void reads_every_title_as_it_was_set() throws Exception {
        var random = new Random(41);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 3_000; i++) {
            var title = i < READ_OTHERWISE.size() ? READ_OTHERWISE.get(i) : Texts.random(random);
            lines.add(line(title, FrontMatter.of("# Keys\n").with(Map.of("title", title))));
        }
        assertEquals("", readAnew(lines));
    }

    @Test
    void would_read_a_plain_date_as_another_value() throws Exception {
        var told = readAnew(List.of(line("2026-05-04", "---\ntitle: 2026-05-04\n---\n")));
        assertEquals("'2026-05-04' is read as datetime.date(2026, 5, 4)\n", told);
    }
}
