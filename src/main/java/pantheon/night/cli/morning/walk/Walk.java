package pantheon.night.cli.morning.walk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Deciding;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.LookedAt;
import pantheon.night.cli.morning.desk.Redoing;
import pantheon.night.outcome.Verdict;

/** The tasks that wait for a person, the one that they are at, and what they may do with it; each is done at once. */
final class Walk {
    private final Desk desk;
    private final List<LookedAt> tasks;
    private int at;

    private Walk(Desk desk, List<LookedAt> tasks) {
        this.desk = desk;
        this.tasks = List.copyOf(tasks);
    }

    /** What waits in some nights. */
    static Walk through(List<Path> journals, Desk desk) {
        var waiting = new ArrayList<LookedAt>();
        journals.forEach(journal -> waiting.addAll(waiting(journal, desk)));
        return new Walk(desk, waiting);
    }

    private static List<LookedAt> waiting(Path journal, Desk desk) {
        return desk.night(journal).tasks().stream()
                .filter(task -> !task.carriesOver())
                .map(task -> desk.lookIn(journal, task))
                .filter(task -> task.listed().waits())
                .toList();
    }

    int size() {
        return tasks.size();
    }

    boolean isOver() {
        return at >= tasks.size();
    }

    /** How many of them still wait. */
    long waiting() {
        return tasks.stream().filter(task -> task.listed().waits()).count();
    }

    LookedAt task() {
        return tasks.get(at);
    }

    /** For a person: {@code 2 of 7}. */
    String place() {
        return "%d of %d".formatted(at + 1, tasks.size());
    }

    void next() {
        at++;
    }

    /** The one before, which may be decided again; the first has none. */
    void back() {
        at = Math.max(0, at - 1);
    }

    /** @param note empty for none */
    void accept(String note) {
        decide(Verdict.ACCEPTED, note);
    }

    /** @param note empty for none */
    void later(String note) {
        decide(Verdict.LATER, note);
    }

    void reject(String reason) {
        if (reason.isBlank()) {
            throw new NightException(ExitCode.USAGE, "a rejection needs its reason, which the next attempt is told.");
        }
        decide(Verdict.REJECTED, reason);
    }

    void redo() {
        new Redoing(desk, 0, null).named(List.of(task()));
        next();
    }

    private void decide(Verdict verdict, String text) {
        new Deciding(desk).decide(List.of(task()), verdict, text.isBlank() ? null : text);
        next();
    }
}
