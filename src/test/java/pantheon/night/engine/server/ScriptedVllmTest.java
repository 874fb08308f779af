package pantheon.night.engine.server;

import pantheon.night.engine.server.http.ScriptedServer.Script;
import pantheon.night.grammar.export.Dialect;

class ScriptedVllmTest extends ScriptedContract {
    @Override
    Script script() {
        return scripts::vllm;
    }

    @Override
    Dialect dialect() {
        return Dialect.LARK;
    }

    @Override
    boolean byIds() {
        return false;
    }
}
