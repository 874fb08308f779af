package pantheon.night.grammar.machine;

import pantheon.night.grammar.schema.NameTrie;

/** Inside an argument's name, or in what stands around it. */
final class ArgumentNameFrame extends Frame {
    private final ArgumentsFrame before;
    private final int first;
    private final int last;
    private final int node;

    /**
     * @param first the first argument that it may be
     * @param last the last one
     * @param node where in the names this is
     */
    ArgumentNameFrame(ArgumentsFrame before, int first, int last, int node) {
        super(before, (first * 31 + last) * 31 + node);
        this.before = before;
        this.first = first;
        this.last = last;
        this.node = node;
    }

    @Override
    public void step(int nextByte, Frames out) {
        int next = before.names().step(node, nextByte);
        if (next == NameTrie.NONE || !before.names().leadsTo(next, first, last)) {
            return;
        }
        int index = before.names().end(next);
        out.add(
                index == NameTrie.NONE
                        ? new ArgumentNameFrame(before, first, last, next)
                        : before.arguments().value(index, before));
    }

    @Override
    public int only() {
        return before.names().only(node, first, last);
    }

    @Override
    int left() {
        var list = before.arguments().list();
        return sum(list.rest(before.isFirst(), node, first, last, before.count()), before.restBehind());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof ArgumentNameFrame that && first == that.first && last == that.last && node == that.node;
    }
}
