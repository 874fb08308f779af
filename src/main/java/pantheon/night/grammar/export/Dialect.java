package pantheon.night.grammar.export;

import java.util.Map;
import pantheon.night.grammar.export.tree.BackusNaur;
import pantheon.night.grammar.export.tree.Lark;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.tree.Syntax;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.text.ByteTable;

/** The languages in which grammars are sent to engines. */
public enum Dialect {
    /** llama.cpp's GBNF. */
    GBNF("llama.cpp"),
    /** llguidance's Lark, as vLLM's backend {@code guidance} takes it. */
    LARK("llguidance"),
    /** xgrammar's EBNF. */
    EBNF("xgrammar");

    private final String engine;

    Dialect(String engine) {
        this.engine = engine;
    }

    /** The engine that reads it, as people call it. */
    public String engine() {
        return engine;
    }

    /** What every grammar begins with. */
    public String head() {
        return syntax().head();
    }

    RepeatForm repeats() {
        return switch (this) {
            case GBNF -> RepeatForm.BLOCKS;
            case LARK -> RepeatForm.NATIVE;
            case EBNF -> RepeatForm.CHAIN;
        };
    }

    Words words(Rules rules, Map<ByteTable, StringSource> sources, Places places) {
        return this == LARK ? new LexemeWords(rules, sources, places) : new RuleWords(rules, repeats(), places);
    }

    Syntax syntax() {
        return switch (this) {
            case GBNF -> new BackusNaur("<[%d]>");
            case LARK -> new Lark();
            case EBNF -> new BackusNaur("Token(%d)");
        };
    }
}
