package pantheon.night.workspace.files;

/** Is told before anything in a checkout is changed, so that nobody has to look for what may have been. */
public interface Writes {
    /** What a path names is about to be made, replaced or removed, and missing directories on its way to be made. */
    void at(String path);

    /** From now on anything may change at any time: a command is let in, or a write has failed half way. */
    void anywhere();

    /** Nobody asks. */
    static Writes unnoticed() {
        return new Writes() {
            @Override
            public void at(String path) {}

            @Override
            public void anywhere() {}
        };
    }
}
