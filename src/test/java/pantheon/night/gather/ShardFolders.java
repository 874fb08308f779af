package pantheon.night.gather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.SetClock;
import pantheon.night.acceptance.Check;
import pantheon.night.batch.SmallNight;
import pantheon.night.disk.Disk;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Verification;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/** Nights of shards, each with a clone of one repository, and a folder in which they are gathered. */
final class ShardFolders {
    static final SigningKey KEY = SigningKey.generate();
    private static final Instant EVENING = Instant.parse("2026-11-23T22:00:00Z");

    private final Path folder;
    final Git origin;
    final List<Path> shards = new ArrayList<>();

    /** Is told before the workspace that gathers writes. */
    WriteSteps steps = WriteSteps.all();

    /** The number of the shard that no task of the queue is for. */
    int empty = -1;

    /** What merged texts are checked by beside the agent's own checks. */
    List<Check> moreChecks = List.of();

    /** What the journals are written on. */
    Disk disk = Disk.local();

    /** @param files of the repository, by their paths */
    ShardFolders(Path folder, Map<String, String> files) {
        this.folder = folder;
        origin = Git.init(folder.resolve("workspace"));
        new TreeMap<>(files).forEach(origin::write);
        origin.commitAll("The files");
    }

    private ShardFolders(Path folder, Git origin, List<Path> shards) {
        this.folder = folder;
        this.origin = origin;
        this.shards.addAll(shards);
    }

    /** The same shards with another copy of the repository, in which nothing was gathered. */
    ShardFolders twin(Path other) throws IOException {
        var copied = Files.createDirectories(other).resolve("workspace");
        var copy = new ProcessBuilder("cp", "-r", origin.directory().toString(), copied.toString()).start();
        try {
            if (copy.waitFor() != 0) {
                throw new AssertionError("the repository cannot be copied");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new ShardFolders(other, new Git(copied), shards);
    }

    /** A clone of the repository as it is now, with a night that did nothing yet. */
    SmallNight shard(String name) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        var state = Files.createDirectories(place.resolve("state"));
        origin.run("clone", "-q", ".", state.resolve("workspace").toString());
        Files.createSymbolicLink(place.resolve("log"), Files.createDirectories(state.resolve("log")));
        Files.createSymbolicLink(place.resolve("workspace"), state.resolve("workspace"));
        Files.createDirectories(state.resolve("artifacts"));
        var night = SmallNight.in(state);
        night.clock = new SetClock(EVENING.plusSeconds(shards.size()));
        night.signingKey = KEY;
        shards.add(place);
        return night;
    }

    /** The same of a shard that knows its number. */
    SmallNight shard(int index, int of) throws IOException {
        var night = shard("s" + index);
        night.shard = new Shard(index, of);
        return night;
    }

    /** Runs a shard's night. */
    void run(String name, List<Task> tasks, Engine engine) throws IOException {
        shard(name).run(tasks, engine);
    }

    Path state() {
        return folder.resolve("gathered/state");
    }

    LogFolder log() {
        return new LogFolder(folder.resolve("gathered/log"));
    }

    GatheredNight gather(Path... named) {
        return gather(false, named);
    }

    GatheredNight gather(boolean partial, Path... named) {
        try (var workspace = Workspace.open(origin.directory(), steps)) {
            var small = SmallNight.in(folder);
            small.moreChecks = moreChecks;
            var agent = small.agent();
            var site = new GatherSite(
                    workspace,
                    new StateFolder(state()),
                    log(),
                    disk,
                    SmallNight.CLOCK,
                    ZoneOffset.UTC,
                    new Identity("pantheon-night", "night@localhost"),
                    KEY,
                    List.of(KEY.verifyingKey()),
                    new GatherSite.Program("test", "0".repeat(64)),
                    Map.of(agent.name(), agent),
                    () -> {},
                    shard -> shard.index() != empty);
            return new Gathering(site, List.of(), line -> {})
                    .gather(named.length == 0 ? shards : List.of(named), partial);
        }
    }

    /** What verifying a night that was gathered finds. */
    List<String> findings(String run) {
        try (var workspace = Workspace.open(origin.directory())) {
            var expected = new Verification.Expected(List.of(KEY.verifyingKey()), Map.of(), Set.of());
            return new Verification(run, expected)
                    .all(log().journal(run), new StateFolder(state()).artifacts(run), workspace).findings().stream()
                            .map(Verification.Finding::what)
                            .toList();
        }
    }

    /** What a branch of a night has at a path, or its tree where there is none. */
    String at(String run, @Nullable String path) {
        return origin.run(
                path == null ? "rev-parse" : "show",
                "%s%s".formatted(NightBranch.of(run).name(), path == null ? "^{tree}" : ":" + path));
    }

    /** The newest night of a shard. */
    String run(int shard) {
        return Journal.run(SmallNight.in(shards.get(shard).resolve("state")).journal());
    }
}
