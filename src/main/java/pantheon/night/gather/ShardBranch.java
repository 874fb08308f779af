package pantheon.night.gather;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.past.PrunedNights;
import pantheon.night.proof.Verification;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.gather.FetchedBranch;
import pantheon.night.workspace.gather.GatheredPart;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.NightCommits.NightCommit;

/** The branch of a shard's night, wherever it is, held against the night's journal and brought here. */
final class ShardBranch {
    private static final int MOST_FINDINGS = 20;

    private final GatherSite site;
    private final ShardPlace place;
    private final ShardNight night;
    private final List<Path> repositories;
    private final NightBranch branch;

    /** @param repositories where it may be, beside this one and the shard's own */
    ShardBranch(GatherSite site, ShardPlace place, ShardNight night, List<Path> repositories) {
        this.site = site;
        this.place = place;
        this.night = night;
        this.repositories = repositories;
        this.branch = NightBranch.of(night.run());
    }

    /**
     * Verifies the night, and fetches its commits.
     *
     * @param journal a copy that nobody else changes
     * @throws NightException with exit code 65 where something is not as it was written
     */
    GatheredPart take(Path journal) {
        if (night.commits().isEmpty() || isHere()) {
            return take(journal, site.workspace());
        }
        for (var repository : elsewhere()) {
            try (var there = Workspace.open(repository)) {
                if (has(there)) {
                    return take(journal, there);
                }
            }
        }
        throw new NightException(
                ExitCode.DATA,
                "the branch %s of %s is neither here nor in %s. Name the repository that the shard worked in, behind the shards."
                        .formatted(branch.name(), place.named(), elsewhere()));
    }

    private boolean isHere() {
        return has(site.workspace());
    }

    private boolean has(Workspace workspace) {
        return workspace.has(branch) && workspace.hasCommit(night.commits().getLast());
    }

    private List<Path> elsewhere() {
        var all = new ArrayList<Path>();
        if (place.repository() != null && Files.isDirectory(place.repository())) {
            all.add(place.repository());
        }
        all.addAll(repositories);
        return all;
    }

    private GatheredPart take(Path journal, Workspace there) {
        var base = night.started().baseCommit();
        var commits = verified(journal, there, base);
        if (!commits.isEmpty()) {
            var fetched = new FetchedBranch(branch, base, commits.getLast());
            site.workspace().fetch(there, fetched, site.author(), night.last());
        }
        return new GatheredPart(base, commits);
    }

    private List<String> verified(Path journal, Workspace there, String base) {
        var asked = new ArrayList<>(night.commits());
        asked.add(base);
        try (var near = there.near(asked)) {
            verify(journal, near);
            return commits(near, base);
        }
    }

    private void verify(Path journal, Workspace there) {
        var pruned = PrunedNights.of(place.log().path());
        var expected = new Verification.Expected(
                site.trusted(), Map.of("the journal that was found", night.end().head()), pruned.hashes());
        var result = new Verification(night.run(), expected)
                .all(journal, place.state().artifacts(night.run()), there);
        if (!result.isIntact()) {
            var lines = result.findings().stream()
                    .limit(MOST_FINDINGS)
                    .map(finding -> finding.line() == 0 || finding.what().contains(journal.toString())
                            ? finding.what()
                            : "%s:%d: %s".formatted(night.journal(), finding.line(), finding.what()))
                    .collect(Collectors.toCollection(ArrayList::new));
            lines.add(
                    "night %s of %s is not as it was written, so nothing was gathered. Look at it there with pantheon-night verify %1$s, or leave the shard out with --partial."
                            .formatted(night.run(), place.named()));
            throw new NightException(ExitCode.DATA, lines);
        }
    }

    /** The night's commits, oldest first: exactly those that its journal tells of, each on the one before it. */
    private List<String> commits(Workspace there, String base) {
        if (night.commits().isEmpty()) {
            return List.of();
        }
        var all = there.commits(branch, base).all().stream()
                .collect(Collectors.toMap(NightCommit::id, Function.identity(), (one, other) -> one, HashMap::new));
        var chain = new ArrayList<String>();
        var at = night.commits().getLast();
        while (all.containsKey(at)) {
            chain.addFirst(at);
            at = Objects.requireNonNull(all.remove(at)).parent();
        }
        var known = new HashSet<>(night.commits());
        chain.stream().filter(commit -> !known.contains(commit)).findFirst().ifPresent(this::refuse);
        all.keySet().stream().findFirst().ifPresent(this::refuse);
        if (!at.equals(base)) {
            refuse(at);
        }
        return chain;
    }

    private void refuse(String commit) {
        throw new NightException(
                ExitCode.DATA,
                "the branch %s has the commit %s, of which the journal of night %s knows nothing, so nothing was gathered. Put that on a branch of its own, and this one back (git branch -f %1$s %s)."
                        .formatted(
                                branch.name(),
                                commit,
                                night.run(),
                                night.commits().getLast()));
    }
}
