package pantheon.night.training.secrets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that is put together of passages, and of what is its own between them. */
public final class ComposedText {
    private final List<String> parts = new ArrayList<>();
    private final List<Placed> passages = new ArrayList<>();
    private int length;
    private @Nullable String whole;

    /** @param start where it stands in the text */
    record Placed(int start, Passage passage) {
        int end() {
            return start + passage.length();
        }
    }

    /** A text without passages. */
    public static ComposedText of(String text) {
        return new ComposedText().add(text);
    }

    /** Adds what is the text's own. */
    public ComposedText add(String own) {
        whole = null;
        parts.add(own);
        length += own.length();
        return this;
    }

    public ComposedText add(Passage passage) {
        passages.add(new Placed(length, passage));
        return add(passage.toString());
    }

    /** Adds all of another text. */
    public ComposedText add(ComposedText other) {
        for (var placed : other.passages) {
            passages.add(new Placed(length + placed.start(), placed.passage()));
        }
        whole = null;
        parts.addAll(other.parts);
        length += other.length;
        return this;
    }

    List<Placed> passages() {
        return passages;
    }

    @Override
    public String toString() {
        if (whole == null) {
            whole = String.join("", parts);
        }
        return whole;
    }
}
