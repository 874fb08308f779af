package pantheon.night.cli.morning.walk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.morning.desk.Deciding;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.LookedAt;
import pantheon.night.cli.morning.desk.Redoing;
import pantheon.night.cli.morning.desk.ShownTask;
import pantheon.night.morning.TaskStory;
import pantheon.night.outcome.Verdict;

/** A walk through what waits: each task is shown, and what a person writes below it is done at once. */
final class Reviewing {
    private static final String CHOICES =
            "a accept, r REASON reject, d do again, l [NOTE] later, s show all of it, n next, q quit";

    private final Desk desk;
    private final Output output;
    private final BufferedReader lines;
    private boolean ended;

    Reviewing(Desk desk, BufferedReader lines) {
        this.desk = desk;
        this.output = desk.output();
        this.lines = lines;
    }

    /** Walks until nothing waits, the person has enough, or there is no line any more. */
    void walk(List<Path> journals) {
        var waiting = new ArrayList<LookedAt>();
        journals.forEach(journal -> waiting.addAll(waiting(journal)));
        output.say(waiting.isEmpty() ? "nothing waits for you" : Count.of(waiting.size(), "task") + " to look at");
        for (int i = 0; i < waiting.size() && !ended; i++) {
            output.say("");
            output.say("%d of %d".formatted(i + 1, waiting.size()));
            shown(waiting.get(i)).saySummary();
            ask(waiting.get(i));
        }
    }

    private List<LookedAt> waiting(Path journal) {
        return desk.night(journal).tasks().stream()
                .filter(task -> !task.carriesOver())
                .map(task -> desk.lookIn(journal, task))
                .filter(task -> task.listed().waits())
                .toList();
    }

    private ShownTask shown(LookedAt task) {
        return new ShownTask(task, TaskStory.of(task.journal(), task.task()), false, output);
    }

    /** Asks until something was done with the task. */
    private void ask(LookedAt task) {
        boolean done = false;
        while (!done && !ended) {
            output.say(CHOICES);
            var line = next();
            try {
                done = line == null || isDone(line.strip(), task);
            } catch (NightException e) {
                e.lines().forEach(output::warn);
            }
        }
    }

    private @Nullable String next() {
        try {
            var line = lines.readLine();
            ended = line == null;
            return line;
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "standard input cannot be read: %s. Start again.".formatted(e.getMessage()), e);
        }
    }

    /** Does what a line says; false where the task is still to be decided. */
    private boolean isDone(String line, LookedAt task) {
        var text = line.length() > 1 ? line.substring(1).strip() : "";
        boolean isWord = line.length() > 1 && line.charAt(1) != ' ';
        switch (isWord || line.isEmpty() ? ' ' : line.charAt(0)) {
            case 'a' -> decide(task, Verdict.ACCEPTED, text);
            case 'r' -> reject(task, text);
            case 'l' -> decide(task, Verdict.LATER, text);
            case 'd' -> new Redoing(desk, 0, null).named(List.of(task));
            case 'n' -> output.say("%s: left as it is".formatted(task.task()));
            case 'q' -> ended = true;
            case 's' -> {
                shown(task).say();
                return false;
            }
            default -> {
                output.say("\"%s\" is none of these.".formatted(line));
                return false;
            }
        }
        return true;
    }

    private void decide(LookedAt task, Verdict verdict, String text) {
        new Deciding(desk).decide(List.of(task), verdict, text.isEmpty() ? null : text);
    }

    private void reject(LookedAt task, String reason) {
        if (reason.isEmpty()) {
            throw new NightException(ExitCode.USAGE, "a rejection needs its reason: r The title is wrong.");
        }
        decide(task, Verdict.REJECTED, reason);
    }
}
