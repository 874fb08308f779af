package pantheon.night.engine.server;

import pantheon.night.engine.server.http.ScriptedServer.Script;
import pantheon.night.grammar.export.Dialect;

class ScriptedLlamaTest extends ScriptedContract {
    @Override
    Script script() {
        return scripts::llama;
    }

    @Override
    Dialect dialect() {
        return Dialect.GBNF;
    }

    @Override
    boolean byIds() {
        return true;
    }
}
