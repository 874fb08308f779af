package pantheon.night.cli.morning.walk;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.morning.desk.ShownTask;
import pantheon.night.morning.TaskStory;

/** A walk by keys: one task on the screen, with its change; a key decides. */
final class Keyboard {
    private static final String CHOICES =
            "a accept  r reject  d redo  l later  n next  b back  space more  ? help  q quit";

    /** The head and the two rows at the foot. */
    private static final int AROUND = 3;

    private final Walk walk;
    private final Screen screen;
    private final Output output;
    private final StringWriter said;
    private final List<String> done = new ArrayList<>();
    private List<AttributedString> rows = List.of();
    private Size size = new Size(0, 0);
    private String note = "";
    private int top;
    private boolean whole;
    private boolean stale = true;

    /**
     * @param output what a task is told as
     * @param said gets what the walk's desk says, which is read after each key
     */
    Keyboard(Walk walk, Screen screen, Output output, StringWriter said) {
        this.walk = walk;
        this.screen = screen;
        this.output = output;
        this.said = said;
    }

    /** What was decided, a line each. */
    List<String> done() {
        return List.copyOf(done);
    }

    /** Walks until there is no other task, or the person has enough; how that ends. */
    ExitCode walk() {
        while (!walk.isOver()) {
            look();
            var key = screen.key();
            if (key.isPresent() && (key.get() == Key.QUIT || key.get() == Key.INTERRUPT)) {
                return key.get() == Key.QUIT ? ExitCode.OK : ExitCode.INTERRUPTED;
            }
            key.ifPresent(this::does);
        }
        return ExitCode.OK;
    }

    /** Draws what is to be seen now, where it is not seen already. */
    private void look() {
        var now = screen.size();
        if (!stale && now.equals(size)) {
            return;
        }
        size = now;
        show(text());
        stale = false;
    }

    private void show(String text) {
        rows = Screen.rows(text, size.getColumns());
        screen.clear(size);
        draw();
    }

    private void draw() {
        top = Math.clamp(top, 0, Math.max(0, rows.size() - height()));
        int end = Math.min(rows.size(), top + height());
        var all = new ArrayList<AttributedString>();
        all.add(row("%s%s".formatted(walk.place(), end - top < rows.size() ? lines(end) : "")));
        all.addAll(rows.subList(top, end));
        while (all.size() < height() + 1) {
            all.add(AttributedString.EMPTY);
        }
        all.add(row(note));
        all.add(row(CHOICES));
        screen.draw(all.subList(Math.max(0, all.size() - size.getRows()), all.size()), size);
    }

    private String lines(int end) {
        return ", lines %d to %d of %d".formatted(top + 1, end, rows.size());
    }

    private int height() {
        return Math.max(1, size.getRows() - AROUND);
    }

    private AttributedString row(String text) {
        var row = new AttributedString(text);
        return row.columnLength() > size.getColumns() ? row.columnSubSequence(0, size.getColumns()) : row;
    }

    private String text() {
        var text = new StringWriter();
        var writer = new PrintWriter(text);
        var task = walk.task();
        var shown = new ShownTask(task, TaskStory.of(task.journal(), task.task()), false, output.to(writer, writer));
        if (whole) {
            shown.say();
        } else {
            shown.saySummary();
        }
        return text.toString();
    }

    private void does(Key key) {
        switch (key) {
            case ACCEPT -> decide(() -> walk.accept(""));
            case LATER -> decide(() -> walk.later(""));
            case REDO -> decide(walk::redo);
            case REJECT -> reject();
            case NEXT -> move(walk::next);
            case BACK -> move(walk::back);
            case DOWN -> scroll(1);
            case UP -> scroll(-1);
            case PAGE_DOWN -> scroll(height());
            case PAGE_UP -> scroll(-height());
            case WHOLE -> move(() -> whole = !whole);
            case HELP -> help();
            case QUIT, INTERRUPT, NONE -> {}
        }
    }

    private void scroll(int by) {
        top += by;
        draw();
    }

    /** Looks at something else, from its first line. */
    private void move(Runnable step) {
        step.run();
        top = 0;
        stale = true;
    }

    private void reject() {
        var reason = screen.line("Why? ");
        stale = true;
        reason.ifPresent(text -> decide(() -> walk.reject(text)));
    }

    /** Does what a key says; what comes of it stands at the foot of the next task, or of this one where it fails. */
    private void decide(Runnable step) {
        said.getBuffer().setLength(0);
        stale = true;
        try {
            step.run();
            top = 0;
            whole = false;
            done.addAll(said.toString().lines().toList());
            note = said.toString().lines().collect(Collectors.joining("; "));
        } catch (NightException e) {
            note = String.join("; ", e.lines());
        }
    }

    private void help() {
        top = 0;
        show(Arrays.stream(Key.values()).map(Key::help).collect(Collectors.joining("\n")));
        while (screen.key().isEmpty()) {
            // any key ends it
        }
        stale = true;
    }
}
