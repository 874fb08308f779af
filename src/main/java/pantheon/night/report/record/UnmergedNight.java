package pantheon.night.report.record;

/**
 * A night with accepted work that is on no branch but its own, and that nobody rejected or queued again.
 *
 * @param commits how many, at least one
 * @param accepted how many of them a person accepted, too
 */
public record UnmergedNight(String run, int commits, int accepted) {
    public UnmergedNight {
        if (commits < 1 || accepted < 0 || accepted > commits) {
            throw new IllegalArgumentException("%d of %d commits".formatted(accepted, commits));
        }
    }
}
