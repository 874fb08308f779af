package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/**
 * A folder with a night over documents of the sample: every third task is of an agent that lets a program of the system
 * do a part of the work, the others of the one that is shipped.
 */
record SampleNight(Path folder) {
    /** A task may be begun as often as a drill ends the process. */
    static final Map<String, String> MANY_ATTEMPTS = Map.of("PANTHEON_NIGHT_WINDOW_ATTEMPTS", "1000000");

    /** What came of a night: its commits by task and idempotency key, oldest first, and the tree that they left. */
    record Branch(List<String> commits, String tree) {}

    /**
     * @param folder is made
     * @param tasks how many, at most as many as the sample has
     */
    static SampleNight layOut(Path folder, int tasks) throws IOException {
        Files.createDirectory(folder);
        assertEquals(
                0, Program.run(folder, "demo", folder.toString(), "--dry-run").status());
        var night = new SampleNight(folder);
        Files.delete(folder.resolve("queue/fences.jsonl"));
        var queue = Files.readAllLines(night.queue());
        Files.write(
                night.queue(),
                IntStream.range(0, tasks)
                        .mapToObj(i -> i % 3 == 2
                                ? replaced(queue.get(i), "docops.front-matter", "docops.by-command")
                                : queue.get(i))
                        .toList());
        var agent = Files.readString(folder.resolve("agents/docops.front-matter.yaml"));
        // The model knows the tools that it was trained with; what it makes of another is right often enough to commit.
        var byCommand = replaced(agent, "name: docops.front-matter", "name: docops.by-command");
        byCommand = replaced(byCommand, "name: slug_of", "name: slug_of_text");
        byCommand = replaced(byCommand, "  - use: title_from_heading\n  - use: slug_of_title\n", "");
        Files.writeString(folder.resolve("agents/docops.by-command.yaml"), byCommand);
        Files.createDirectory(folder.resolve("tools"));
        night.setCommand("printf %s \"$2\" | tr A-Z a-z | tr -cs a-z0-9 -");
        var config = folder.resolve("pantheon-night.yaml");
        Files.writeString(config, Files.readString(config).replaceFirst("(?m)^tools:.*", "tools: tools"));
        return night;
    }

    private static String replaced(String text, String part, String by) {
        var replaced = text.replace(part, by);
        assertNotEquals(text, replaced, part);
        return replaced;
    }

    /** What the shell does where the agent calls for a slug of {@code $2}. */
    void setCommand(String script) throws IOException {
        Files.writeString(folder.resolve("tools/slug_of_text.yaml"), """
                name: slug_of_text
                description: Make the slug of a text.
                run: [sh, -c, %s, slug, --, "{text}"]
                arguments:
                  type: object
                  properties: {text: {type: string, minLength: 1, maxLength: 2000}}
                  required: [text]
                  additionalProperties: false
                result:
                  type: object
                  properties: {exit_code: {const: 0}, stdout: {type: string}, stderr: {const: ""}}
                  required: [exit_code, stdout, stderr]
                  additionalProperties: false
                exits: [0]
                directory: workspace
                writes: nothing
                stable: true
                bounds: {time: 1m, cpuSeconds: 5, memoryMegabytes: 512, processes: 8, fileMegabytes: 1, openFiles: 64,
                         outputKilobytes: 64, shownCharacters: 4000}
                """.formatted(Json.quote(script)));
    }

    SampleNight copy(Path to) {
        var run = Program.process(folder, Map.of(), List.of("cp", "-a", folder.toString(), to.toString()));
        assertEquals(0, run.status(), run.err());
        return new SampleNight(to);
    }

    private Path queue() {
        return folder.resolve("queue/front-matter.jsonl");
    }

    List<Path> journals() throws IOException {
        if (!Files.exists(folder.resolve("log"))) {
            return List.of();
        }
        try (var files = Files.list(folder.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /** The one journal of a night that was gone on with, however often it was interrupted. */
    Path journal() throws IOException {
        var journals = journals();
        assertEquals(1, journals.size(), journals.toString());
        return journals.getFirst();
    }

    String run() throws IOException {
        return journal().getFileName().toString().replace(".jsonl", "");
    }

    Set<String> queued() throws IOException {
        var queued = new TreeSet<String>();
        for (var line : Files.readAllLines(queue())) {
            queued.add(Json.parse(line).get("id").stringValue());
        }
        return queued;
    }

    /** The tasks that ended for good; each once, whatever the journals. */
    Set<String> ended() throws IOException {
        var times = new TreeMap<String, Integer>();
        for (var journal : journals()) {
            JournalReader.read(journal, entry -> {
                var event = entry.event();
                if (EventType.of(event) == EventType.TASK_FINISHED
                        && !Set.of("stopped", "window_closed")
                                .contains(EventCodec.data(event)
                                        .get("night.finish_reason")
                                        .stringValue())) {
                    times.merge(String.valueOf(event.task()), 1, Integer::sum);
                }
            });
        }
        assertTrue(times.values().stream().allMatch(count -> count == 1), times.toString());
        return new TreeSet<>(times.keySet());
    }

    /** How the night's branch stands. */
    Branch branch() {
        var name = git("for-each-ref", "--format=%(refname:short)", "refs/heads/night")
                .strip();
        var format = "--format=%(trailers:key=Night-Task,valueonly,separator=)"
                + " %(trailers:key=Night-Key,valueonly,separator=)";
        return new Branch(
                git("log", "--reverse", format, "main.." + name).lines().toList(),
                git("rev-parse", name + "^{tree}").strip());
    }

    /** Nothing was lost and nothing was done twice: the night came to what one came to that nobody disturbed. */
    void assertCameTo(Branch undisturbed, String where) throws IOException {
        assertEquals(undisturbed, branch(), where);
        assertSound(where);
    }

    /** Every task has ended, the repository is whole, and the record replays. */
    void assertSound(String where) throws IOException {
        assertEquals(queued(), ended(), where);
        assertEquals("", git("status", "--porcelain"), where);
        git("fsck", "--strict");
        var replay = Program.run(folder, "replay", run());
        assertEquals(0, replay.status(), where + "\n" + replay.err());
    }

    String git(String... arguments) {
        var command =
                new ArrayList<>(List.of("git", "-C", folder.resolve("workspace").toString()));
        command.addAll(List.of(arguments));
        var run = Program.process(folder, Map.of(), command);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    /**
     * Runs a script in this folder, in a mount namespace of its own and with these words of its own:
     *
     * <ul>
     *   <li>{@code begin} starts the program, {@code end} waits for it; the script ends as it did
     *   <li>{@code until_tasks N} waits until so many more tasks have ended
     *   <li>{@code until_call TOOL} waits until such a call is in the journal
     *   <li>{@code of_its_own FOLDER KB} puts a folder on a file system with so much free space, {@code back FOLDER}
     *       puts what is there back on the disk
     * </ul>
     */
    Program.Run script(Map<String, String> environment, String script) {
        var words = """
                set -eu
                program=%s
                tasks() { cat log/*.jsonl 2>/dev/null | grep -c night.pantheon.task.finished || true; }
                lines() { cat log/*.jsonl 2>/dev/null | wc -l; }
                begin() { before=$(tasks) told=$(lines); "$@" "$program" & pid=$!; }
                has_ended() { grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; }
                until_tasks() {
                    until [ "$(tasks)" -ge $((before + $1)) ] || has_ended; do sleep 0.02; done
                }
                until_call() {
                    until cat log/*.jsonl 2>/dev/null | tail -n "+$((told + 1))" | grep -F .tool.called. |
                        grep -q "$1" || has_ended; do sleep 0.02; done
                }
                end() { status=0; wait "$pid" || status=$?; }
                of_its_own() {
                    mkdir -p "$1" kept
                    cp -a "$1/." kept/
                    mount -t tmpfs -o size=512m none "$1"
                    cp -a kept/. "$1"
                    rm -rf kept
                    used=$(df -k --output=used "$1" | tail -n 1)
                    mount -o "remount,size=$((used + $2))k" "$1"
                }
                back() {
                    mkdir kept
                    cp -a "$1/." kept/
                    umount "$1"
                    cp -a kept/. "$1"
                    rm -rf kept
                }
                %s
                exit "$status"
                """.formatted(Program.HOME.resolve("bin/pantheon-night"), script);
        return Program.process(folder, environment, List.of("unshare", "--mount", "sh", "-c", words));
    }
}
