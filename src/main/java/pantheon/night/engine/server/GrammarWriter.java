package pantheon.night.engine.server;

import pantheon.night.grammar.TurnGrammar;

/** Writes grammars in a server's language. */
@FunctionalInterface
interface GrammarWriter {
    String write(TurnGrammar grammar);
}
