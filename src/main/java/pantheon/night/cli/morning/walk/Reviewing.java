package pantheon.night.cli.morning.walk;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.morning.desk.ShownTask;
import pantheon.night.morning.TaskStory;

/** A walk by lines: each task is shown, and what a person writes below it is done at once. */
final class Reviewing {
    private static final String CHOICES =
            "a accept, r REASON reject, d do again, l [NOTE] later, s show all of it, n next, b back, q quit";

    private final Walk walk;
    private final Output output;
    private final BufferedReader lines;
    private boolean ended;

    Reviewing(Walk walk, Output output, BufferedReader lines) {
        this.walk = walk;
        this.output = output;
        this.lines = lines;
    }

    /** Walks until nothing waits, the person has enough, or there is no line any more. */
    void walk() {
        output.say(walk.size() == 0 ? "nothing waits for you" : Count.of(walk.size(), "task") + " to look at");
        while (!walk.isOver() && !ended) {
            output.say("");
            output.say(walk.place());
            shown().saySummary();
            ask();
        }
    }

    private ShownTask shown() {
        var task = walk.task();
        return new ShownTask(task, TaskStory.of(task.journal(), task.task()), false, output);
    }

    /** Asks until there is another task to look at. */
    private void ask() {
        boolean done = false;
        while (!done && !ended) {
            output.say(CHOICES);
            var line = next();
            try {
                done = line == null || isDone(line.strip());
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
    private boolean isDone(String line) {
        var text = line.length() > 1 ? line.substring(1).strip() : "";
        boolean isWord = line.length() > 1 && line.charAt(1) != ' ';
        switch (isWord || line.isEmpty() ? ' ' : line.charAt(0)) {
            case 'a' -> walk.accept(text);
            case 'r' -> walk.reject(text);
            case 'l' -> walk.later(text);
            case 'd' -> walk.redo();
            case 'n' -> leave();
            case 'b' -> walk.back();
            case 'q' -> ended = true;
            case 's' -> {
                shown().say();
                return false;
            }
            default -> {
                output.say("\"%s\" is none of these.".formatted(line));
                return false;
            }
        }
        return true;
    }

    private void leave() {
        output.say("%s: left as it is".formatted(walk.task().task()));
        walk.next();
    }
}
