package pantheon.night.workspace;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

/** Commit requests as tests make them. */
public final class Commits {
    public static final NightBranch BRANCH = NightBranch.of("run-1");
    static final Identity AUTHOR = new Identity("docops.front-matter 1.2", "agent@night.example.org");
    static final Identity COMMITTER = new Identity("pantheon-night", "night@example.org");
    static final Instant TIME = Instant.parse("2026-11-23T01:02:03Z");

    /** Takes every merge. */
    public static final MergeJudge JUDGE = part -> Optional.empty();

    private Commits() {}

    public static CommitRequest of(Diff diff, String task) {
        return new CommitRequest(
                diff,
                BRANCH,
                AUTHOR,
                COMMITTER,
                TIME,
                "Normalise " + task + "\n\nA body.",
                List.of(new Trailer("Night-Task", task), new Trailer("Night-Agent", "docops.front-matter")));
    }

    /** The id of a commit that must have been made. */
    public static String id(CommitResult result) {
        return assertInstanceOf(CommitResult.Committed.class, result).commitId();
    }
}
