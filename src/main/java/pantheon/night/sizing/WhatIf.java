package pantheon.night.sizing;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Durations;

/**
 * A change of the queue that is weighed, such as {@code docs=+20%}: so many more or fewer of an agent's tasks, or tasks
 * that take so long on average.
 *
 * @param text as it was asked
 */
public record WhatIf(String text, List<Change> changes) {
    private static final Pattern COUNT = Pattern.compile("([+-])(\\d{1,9}(?:\\.\\d{1,6})?)(%?)");

    /** A change of one agent's part. */
    public sealed interface Change {
        String agent();

        /** More tasks, or fewer. */
        record Tasks(String agent, double amount, boolean isPercent) implements Change {}

        /** Another mean time of a task. */
        record Time(String agent, Duration mean) implements Change {}
    }

    public WhatIf {
        changes = List.copyOf(changes);
    }

    /**
     * Reads a change: {@code AGENT=+20%}, {@code AGENT=-100}, {@code AGENT=2s}; several, with commas between, are one
     * plan.
     *
     * @throws NightException with exit code 64 where it is none
     */
    public static WhatIf parse(String text) {
        var changes = new ArrayList<Change>();
        for (var part : text.split(",", -1)) {
            int sign = part.indexOf('=');
            if (sign < 1) {
                throw wrong(text);
            }
            changes.add(change(
                    part.substring(0, sign).strip(), part.substring(sign + 1).strip(), text));
        }
        return new WhatIf(text, changes);
    }

    private static Change change(String agent, String value, String text) {
        var count = COUNT.matcher(value);
        var change = count.matches() ? tasks(agent, count) : time(agent, value);
        return change.orElseThrow(() -> wrong(text));
    }

    private static Optional<Change> tasks(String agent, MatchResult count) {
        double amount = Double.parseDouble(count.group(1) + count.group(2));
        boolean isPercent = !count.group(3).isEmpty();
        return isPercent || amount == Math.rint(amount)
                ? Optional.of(new Change.Tasks(agent, amount, isPercent))
                : Optional.empty();
    }

    private static Optional<Change> time(String agent, String value) {
        try {
            var mean = Durations.of(value);
            return mean.isPositive() ? Optional.of(new Change.Time(agent, mean)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static NightException wrong(String text) {
        return new NightException(
                ExitCode.USAGE,
                "--what-if is \"%s\"; expected AGENT=+20%%, AGENT=-100 or AGENT=2s, several with commas between."
                        .formatted(text));
    }

    /**
     * The plan with the changes made.
     *
     * @throws NightException with exit code 64 where the queue has no such agent, or fewer tasks of it than are taken
     *     away
     */
    public NightPlan applied(NightPlan plan) {
        var workload = plan.workload();
        for (var change : changes) {
            int agent = place(workload, change.agent());
            workload = switch (change) {
                case Change.Tasks tasks -> workload.withTasks(agent, changed(workload.tasks(agent), tasks));
                case Change.Time time -> workload.withTimes(agent, factor(plan, workload, agent, time.mean()));
            };
        }
        return plan.withWorkload(workload);
    }

    private static int place(Workload workload, String agent) {
        var names = workload.agents().stream().map(Workload.AgentLoad::agent).toList();
        int place = names.indexOf(agent);
        if (place < 0) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--what-if names the agent \"%s\"; the queue has tasks of %s. Name one of them."
                            .formatted(agent, names));
        }
        return place;
    }

    private static int changed(int tasks, Change.Tasks change) {
        double more = change.isPercent() ? tasks * change.amount() / 100 : change.amount();
        if (tasks + more < 0) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--what-if takes %.0f tasks of the agent \"%s\" away, and %d are left in the queue. Take fewer."
                            .formatted(-more, change.agent(), tasks));
        }
        return (int) Math.min(Math.round(tasks + more), Integer.MAX_VALUE);
    }

    private static double factor(NightPlan plan, Workload workload, int agent, Duration mean) {
        var rates = workload.agents().get(agent).rates();
        double now = rates.mean(plan.slowDown(), plan.slots()).toNanos();
        return now == 0 ? 1 : mean.toNanos() / now;
    }
}
