package pantheon.night.workspace;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;

/** Commit requests as tests make them. */
final class Commits {
    static final NightBranch BRANCH = NightBranch.of("run-1");
    static final Identity AUTHOR = new Identity("docops.front-matter 1.2", "agent@night.example.org");
    static final Identity COMMITTER = new Identity("pantheon-night", "night@example.org");
    static final Instant TIME = Instant.parse("2026-11-23T01:02:03Z");

    private Commits() {}

    static CommitRequest of(Diff diff, String task) {
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
    static String id(CommitResult result) {
        return assertInstanceOf(CommitResult.Committed.class, result).commitId();
    }
}
