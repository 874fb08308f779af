package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ResultSchema;
import pantheon.night.contract.Json;

/** The installed program makes a key, signs nights with it, verifies them, and prunes them. */
final class TrustIT {
    @TempDir
    private Path folder;

    private Path demo = Path.of("");
    private Map<String, String> credentials = Map.of();

    private Program.Run run(String... arguments) {
        return Program.run(demo, credentials, arguments);
    }

    private static Program.Run ended(int status, Program.Run run) {
        assertEquals(status, run.status(), run.out() + run.err());
        return run;
    }

    private void queue(List<String> lines) throws IOException {
        Files.write(demo.resolve("queue/front-matter.jsonl"), lines);
    }

    @Test
    void signs_verifies_and_prunes() throws IOException {
        demo = folder.resolve("demo");
        ended(0, Program.run(folder, "demo", demo.toString(), "--dry-run"));
        Files.delete(demo.resolve("queue/fences.jsonl"));
        var lines = Files.readAllLines(demo.resolve("queue/front-matter.jsonl"));

        queue(lines.subList(0, 1));
        var unsigned = ended(0, run());
        assertTrue(unsigned.out().contains("not signed:"), unsigned.out());

        var key = folder.resolve("pantheon-night.key");
        var made = ended(0, run("keygen", key.toString()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals(73, run("keygen", key.toString()).status());
        credentials = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        queue(lines.subList(0, 2));
        var night = ResultSchema.valid("night", ended(0, run("--json")).out());
        assertTrue(made.out().contains(night.get("signing_key").stringValue()), made.out());
        var id = night.get("run").stringValue();
        var publicKey = key + ".pub";
        var intact = Json.parse(
                ended(0, run("verify", id, "--key", publicKey, "--json")).out());
        assertTrue(intact.get("intact").booleanValue());
        assertEquals(night.get("head"), intact.get("head"));
        assertEquals(1, intact.get("signed_tasks").intValue());
        assertEquals(intact.get("lines"), intact.get("covered_lines"));
        ended(0, run("verify", id, "--head", night.get("head").stringValue()));
        ended(64, run("verify", id, "--head", "short"));

        ended(0, run("keygen", folder.resolve("other").toString()));
        var other =
                ended(65, run("verify", id, "--key", folder.resolve("other.pub").toString()));
        assertTrue(other.out().contains(", NOT as expected: --key gave "), other.out());
        assertTrue(ended(0, run("verify", id, "--key", publicKey)).out().contains(", as expected\n"));
        var task = Json.parse(lines.get(1)).get("id").stringValue();
        Files.writeString(
                demo.resolve("state/artifacts").resolve(id).resolve(task).resolve("review.json"), "{}");
        assertTrue(ended(0, run("verify", id)).out().contains("/review.json, by people, added after the signature\n"));
        var journal = demo.resolve("log").resolve(id + ".jsonl");
        var content = Files.readString(journal);
        Files.writeString(journal, content.replaceFirst("\"night.queue_tasks\":1", "\"night.queue_tasks\":2"));
        var broken = ended(65, run("verify", id));
        assertTrue(broken.err().startsWith(journal + ":2: prevhash"), broken.err());
        Files.writeString(journal, content);

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        queue(lines.subList(0, 3));
        var open = ended(78, run());
        assertTrue(open.err().contains("has mode rw-r--r--"), open.err());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        ended(64, run("prune"));
        var would = ended(0, run("prune", "--nights", "1", "--dry-run"));
        assertTrue(would.out().contains("would free"), would.out());
        Files.writeString(
                demo.resolve("pantheon-night.yaml"),
                "retention: {nights: 1, prune: nightly}\n",
                StandardOpenOption.APPEND);
        var nightly = ended(0, run());
        assertTrue(nightly.out().contains("removed night " + id), nightly.out());
        assertFalse(Files.exists(journal));
        assertTrue(ended(64, run("verify", id)).err().contains("was pruned"));
        assertTrue(ended(0, run()).out().contains("nothing to do"));
    }
}
