package pantheon.night.engine.decode;

/** A run of tokens whose keys and values a runtime has. Used by the thread of its {@link Runner} alone. */
public interface Sequence extends AutoCloseable {
    /** How many they are. */
    int tokens();

    /** Forgets all but the first tokens; where it cannot forget the others alone, all of them. */
    void truncate(int tokens);

    /** Copies the keys and values of the first tokens. */
    Kept keep(int tokens);

    /** Takes over the first tokens of a copy, in place of its own. */
    void restore(Kept kept, int tokens);

    @Override
    void close();

    /** A copy of the keys and values of some tokens, which any sequence of the same runner can go on from. */
    interface Kept extends AutoCloseable {
        long bytes();

        @Override
        void close();
    }
}
