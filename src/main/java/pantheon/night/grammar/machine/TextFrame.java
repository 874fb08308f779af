package pantheon.night.grammar.machine;

import pantheon.night.language.text.ByteTable;

/** Inside a number or a literal, whose end shows by what follows. */
final class TextFrame extends Frame {
    private final ByteTable texts;
    private final int state;

    private TextFrame(ByteTable texts, int state, Frame after) {
        super(after, System.identityHashCode(texts) * 31 + state);
        this.texts = texts;
        this.state = state;
    }

    static void enter(ByteTable texts, int state, int nextByte, Frame after, Frames out) {
        int next = texts.step(state, nextByte);
        if (next >= 0) {
            out.add(texts.isClosed(next) ? after : new TextFrame(texts, next, after));
        }
    }

    @Override
    public void step(int nextByte, Frames out) {
        enter(texts, state, nextByte, after(), out);
        if (texts.accepts(state)) {
            after().step(nextByte, out);
        }
    }

    @Override
    public boolean mayEnd() {
        return texts.accepts(state) && after().mayEnd();
    }

    @Override
    int left() {
        return sum(texts.shortest(state), after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof TextFrame that && texts == that.texts && state == that.state;
    }
}
