package pantheon.night.batch;

import java.util.List;

/** Is told what a start does about the nights before it, for people; what it does changes nothing. */
public interface StartListener {
    /**
     * The journals were read.
     *
     * @param runs the nights so far, those included whose journals are gone
     */
    void read(List<String> runs);

    /** A night could have gone on, and ends where it is. */
    void abandoned(String run);

    /** A night was killed between its last word and the statement over it; where it has a key, it has the statement now. */
    void signed(String run);

    /** A journal ended in half a line, which never counted and was cut off. */
    void cut(String words);

    /** One that says nothing. */
    static StartListener none() {
        return new StartListener() {
            @Override
            public void read(List<String> runs) {}

            @Override
            public void abandoned(String run) {}

            @Override
            public void signed(String run) {}

            @Override
            public void cut(String words) {}
        };
    }
}
