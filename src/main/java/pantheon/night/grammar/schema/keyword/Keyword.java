package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** A keyword, or a few that mean something only together. A subschema need not have it. */
public interface Keyword {
    /** Adds what it asks of a value that fits. */
    void held(Subschema schema, Demands demands);

    /** Adds the ways in which a value breaks it. */
    void opposite(Subschema schema, List<Option> ways);
}
