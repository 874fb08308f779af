package pantheon.night.training.secrets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that is put together of passages, and of what is its own between them. */
public final class ComposedText {
    private final StringBuilder text = new StringBuilder(1 << 8);
    private final List<Placed> passages = new ArrayList<>();
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
        text.append(own);
        return this;
    }

    public ComposedText add(Passage passage) {
        whole = null;
        passages.add(new Placed(text.length(), passage));
        text.append(passage);
        return this;
    }

    /** Adds all of another text. */
    public ComposedText add(ComposedText other) {
        other.passages.forEach(placed -> passages.add(new Placed(text.length() + placed.start(), placed.passage())));
        whole = null;
        text.append(other.text);
        return this;
    }

    List<Placed> passages() {
        return passages;
    }

    @Override
    public String toString() {
        if (whole == null) {
            whole = text.toString();
        }
        return whole;
    }
}
