package pantheon.night.gather;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A shard, and what there is of it to gather.
 *
 * @param index its number, from 0
 * @param place null where nothing is there
 * @param nights those that have ended and were not gathered whole, oldest first
 * @param standing what it is waited for, or why it is not
 */
public record FoundShard(int index, @Nullable ShardPlace place, List<ShardNight> nights, Standing standing) {
    /** How far a shard is. */
    public enum Standing {
        /** Its last night has ended. */
        ENDED("has ended", true),
        /** All its nights were gathered before. */
        GATHERED("was gathered before", true),
        /** It was asked for tasks and has none. */
        EMPTY("has no tasks", true),
        /** Its last night runs, was interrupted, or waits for its signature. */
        UNFINISHED("has not ended its night; start it again, or wait for it", false),
        /** It has no night, or nobody named it. */
        MISSING("is not there: start it, or name where it is", false);

        private final String words;
        private final boolean whole;

        Standing(String words, boolean whole) {
            this.words = words;
            this.whole = whole;
        }

        /** For a person, behind the shard's name. */
        public String words() {
            return words;
        }

        /** For a program, for example {@code unfinished}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing of it is missed. */
        public boolean isWhole() {
            return whole;
        }
    }

    public FoundShard {
        nights = List.copyOf(nights);
    }
}
