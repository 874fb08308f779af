package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.TaskRecord;

/**
 * The accepted tasks, each with its diff as far as the page has room.
 *
 * <p>All diffs together get {@value #ALL_DIFFS} characters, each as far as {@link ShownDiffs} has
 * room; at most {@value #TASKS} tasks are listed. What does not fit is said where it is cut, with where to find it.
 */
public final class AcceptedTasks {
    private static final int ALL_DIFFS = 1_000_000;
    private static final int TASKS = 10_000;
    private static final int GROUP = 100;
    private static final int OPEN = 40;

    private final ReportSource source;
    private final ShownDiffs diffs = new ShownDiffs(ALL_DIFFS);

    private AcceptedTasks(ReportSource source) {
        this.source = source;
    }

    public static Section of(ReportSource source) {
        return new AcceptedTasks(source).section();
    }

    private Section section() {
        var accepted = source.night().accepted();
        if (accepted.isEmpty()) {
            return new Section("accepted", "Accepted", List.of(Block.paragraph("No task was accepted.")));
        }
        var blocks = new ArrayList<Block>();
        int listed = Math.min(TASKS, accepted.size());
        for (var group : byAgent(accepted.subList(0, listed)).entrySet()) {
            groups(group.getKey(), group.getValue(), blocks);
        }
        diffs.note().ifPresent(blocks::addFirst);
        if (listed < accepted.size()) {
            blocks.add(Block.note(
                    Tone.WARN,
                    "%s more were accepted and are not listed here; the branch and summary.json have them all."
                            .formatted(Amount.of(accepted.size() - listed))));
        }
        return new Section("accepted", "Accepted", blocks);
    }

    private static Map<String, List<TaskRecord>> byAgent(List<TaskRecord> tasks) {
        var groups = new LinkedHashMap<String, List<TaskRecord>>();
        tasks.forEach(task ->
                groups.computeIfAbsent(task.agent(), agent -> new ArrayList<>()).add(task));
        return groups;
    }

    /** Groups of a hundred: a closed one costs a browser nothing. */
    private void groups(String agent, List<TaskRecord> tasks, List<Block> blocks) {
        for (int i = 0; i < tasks.size(); i += GROUP) {
            var some = tasks.subList(i, Math.min(tasks.size(), i + GROUP));
            var which = tasks.size() <= GROUP
                    ? Amount.of(tasks.size(), "task")
                    : "tasks %s to %s of %s"
                            .formatted(Amount.of(i + 1), Amount.of(i + some.size()), Amount.of(tasks.size()));
            blocks.add(new Fold(
                    tasks.size() <= OPEN,
                    List.of(Span.code(agent), Span.text(", " + which)),
                    some.stream().map(this::task).toList()));
        }
    }

    private Block task(TaskRecord task) {
        var commit = task.commit();
        var artifacts = new TaskArtifacts(source.places(), task.id());
        var summary = new ArrayList<Span>();
        summary.add(Span.text(task.id() + "  "));
        if (commit == null) {
            summary.add(Span.text("nothing had to change"));
            return new Fold(false, summary, List.of(new Block.Paragraph(Tone.PLAIN, artifacts.links())));
        }
        var body = new ArrayList<Block>();
        var patch = artifacts.diff(task);
        summary.add(Span.code(commit.substring(0, 12)));
        summary.add(new Span.Aside(
                patch.map(ShownDiffs::size).orElse("") + Amount.ms(task.phases().taskMs())));
        if (patch.isEmpty()) {
            body.add(Block.note(
                    Tone.WARN, "Its diff is not on the disk as the journal tells of it; look at the commit."));
        } else {
            body.addAll(diffs.show(patch.get()));
        }
        body.add(new Block.Paragraph(Tone.PLAIN, artifacts.links()));
        return new Fold(false, summary, body);
    }
}
