package pantheon.night.grammar.machine;

import pantheon.night.grammar.schema.NameTrie;

/** Inside the key of a known property. */
final class KnownKeyFrame extends Frame {
    private final ObjectFrame object;
    private final int first;
    private final int last;
    private final int node;

    /**
     * @param first the first property that it may be
     * @param last the last one
     * @param node where in the names this is
     */
    KnownKeyFrame(ObjectFrame object, int first, int last, int node) {
        super(object, ((first * 31) + last) * 31 + node);
        this.object = object;
        this.first = first;
        this.last = last;
        this.node = node;
    }

    @Override
    public void step(int nextByte, Frames out) {
        var names = object.shape().names();
        int next = names.step(node, nextByte);
        if (next != NameTrie.NONE) {
            if (names.leadsTo(next, first, last)) {
                out.add(new KnownKeyFrame(object, first, last, next));
            }
        } else if (nextByte == '"') {
            int index = names.end(node);
            if (first <= index && index <= last && object.shape().isUsable(index)) {
                out.add(object.known(index));
            }
        }
    }

    @Override
    public int only() {
        return object.shape().names().only(node, first, last);
    }

    @Override
    int left() {
        return sum(
                object.shape().shortestKnown(node, first, last, object.count()),
                object.after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof KnownKeyFrame that && first == that.first && last == that.last && node == that.node;
    }
}
