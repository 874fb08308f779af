package pantheon.night.trainer;

import java.time.Duration;
import java.util.List;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.Reply;
import pantheon.night.agent.TaskLog;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.engine.Generation;
import pantheon.night.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Writes nothing down. */
final class SilentLog implements TaskLog {
    @Override
    public void generated(int step, String prompt, Generation generation, List<Chosen> chosen) {}

    @Override
    public void rejected(int step, int failures, Reply.OffSchema reply) {}

    @Override
    public void called(int step, String callId, String tool, ObjectNode arguments) {}

    @Override
    public void returned(String callId, String tool, ToolResult result, Duration elapsed) {}

    @Override
    public void checked(CheckResult result, Duration elapsed) {}
}
