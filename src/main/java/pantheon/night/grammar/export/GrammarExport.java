package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.draft.Loosening;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.tree.NotHeld;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Text;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.tree.Spelling;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.call.CallForm;

/**
 * An agent's turn in an engine's language of grammars. What is exported is the compiled grammar, not the schema, so that
 * every engine is held to the same texts.
 *
 * <p>Written once for an agent; what a task narrows is written anew, and refers to the rest.
 */
public final class GrammarExport {
    private final Dialect dialect;
    private final @Nullable Vocabulary vocabulary;
    private final Writing writing;
    private final Exported whole;

    /** What a grammar is written into, and by what. */
    private record Writing(Rules rules, Places places, ValueParts values) {}

    private GrammarExport(TurnGrammar turn, Dialect dialect, @Nullable Vocabulary vocabulary) {
        this.dialect = dialect;
        this.vocabulary = vocabulary;
        writing = writing(turn, new Rules(), null);
        whole = exported(turn, writing);
    }

    private Writing writing(TurnGrammar turn, Rules rules, @Nullable ValueParts base) {
        var places = new Places();
        var words = dialect.words(rules, turn.sources(), places);
        return new Writing(rules, places, new ValueParts(base, rules, dialect.repeats(), words, places));
    }

    /**
     * Writes a turn.
     *
     * @param vocabulary the tokens of the engine's model, null where they are not known; then control tokens are texts
     * @throws NightException with exit code 78 where the engine cannot hold it
     */
    public static GrammarExport of(TurnGrammar turn, Dialect dialect, @Nullable Vocabulary vocabulary) {
        return new GrammarExport(turn, dialect, vocabulary);
    }

    /** The whole turn. */
    public Exported whole() {
        return whole;
    }

    /**
     * The turn as a task has narrowed it; what it shares with the whole one is not written anew.
     *
     * @throws NightException with exit code 78 where the engine cannot hold it
     */
    public Exported narrowed(TurnGrammar turn) {
        var more = exported(turn, writing(turn, new Rules(writing.rules()), writing.values()));
        return new Exported(
                more.text(), both(whole.loosenings(), more.loosenings()), both(whole.twice(), more.twice()));
    }

    private static List<Loosening> both(List<Loosening> some, List<Loosening> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private Exported exported(TurnGrammar turn, Writing into) {
        try {
            var root = root(turn, into.values());
            var text = new Spelling(dialect.syntax(), into.rules()).of(root);
            return new Exported(text, into.places().loosenings(), into.places().twice());
        } catch (NotHeld e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the grammar of %s cannot be written for %s: it %s. Simplify the schema, or take another engine."
                            .formatted(into.places().here(), dialect.engine(), e.getMessage()),
                    e);
        }
    }

    private Part root(TurnGrammar turn, ValueParts parts) {
        var calls = new ArrayList<Part>();
        turn.arguments().forEach((tool, set) -> {
            if (!set.isEmpty()) {
                calls.add(call(turn, tool, set, parts));
            }
        });
        return Part.choice(calls);
    }

    private Part call(TurnGrammar turn, String tool, ValueSet set, ValueParts parts) {
        var form = turn.form();
        var inner = turn.named(tool)
                .map(named -> parts.named(tool, named))
                .orElseGet(() -> json((CallForm.OfJson) form, tool, set, parts));
        return Part.sequence(frame(form.open()), inner, frame(form.close()));
    }

    private static Part json(CallForm.OfJson form, String tool, ValueSet set, ValueParts parts) {
        return Part.sequence(new Text(form.head(tool)), parts.at(tool, set), new Text(form.tail()));
    }

    /** An end of a call: the control token, where the model has one of this text. */
    private Part frame(String text) {
        int id = vocabulary == null ? -1 : vocabulary.control(text);
        return id >= 0 ? new Control(id) : new Text(text);
    }
}
