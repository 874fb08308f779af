package pantheon.night.journal;

import java.nio.file.Path;

/**
 * The folder of journals, the one place that knows what is where in it.
 *
 * @param path the folder itself, with a journal a night
 */
public record LogFolder(Path path) {
    /** The journal of a night. */
    public Path journal(String run) {
        return Journal.file(path, run);
    }

    /** Holds the broken journals that were set aside. */
    public Path broken() {
        return path.resolve("broken");
    }

    /** Where the broken journal of a night is set aside. */
    public Path broken(String run) {
        return Journal.file(broken(), run);
    }

    /** Holds the journals of the shards' nights whose work was gathered here. */
    public Path shards() {
        return path.resolve("shards");
    }

    /** The journal of a shard's night whose work was gathered here. */
    public Path shard(String run) {
        return Journal.file(shards(), run);
    }

    /** Holds what is being gathered, before it is known to be whole. */
    public Path incoming() {
        return shards().resolve("incoming");
    }

    /** Holds the list of nights whose journals are gone. */
    public Path pruned() {
        return path.resolve("pruned");
    }
}
