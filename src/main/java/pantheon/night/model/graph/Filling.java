package pantheon.night.model.graph;

import java.util.List;

/** Writes the numbers of some constants, a piece of each at a time where that is how they are read. */
@FunctionalInterface
public interface Filling {
    /** Writes all of them, each into the output at its place in the list. */
    void fill(List<ConstantOutput> outputs);
}
