package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.tool.ToolCall;

/** Whatever a model says is either calls or told to be none. */
final class ReplyParserFuzzTest {
    @FuzzTest(maxDuration = "")
    void a_reply_is_calls_or_malformed(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        try {
            var calls = ReplyParser.parse(text);
            assertEquals(calls, reparsed(calls), "what was parsed is written and parsed to the same");
        } catch (ReplyParser.Malformed e) {
            assertEquals(false, e.code().isEmpty());
        }
    }

    private static List<ToolCall> reparsed(List<ToolCall> calls) throws ReplyParser.Malformed {
        var written = new ArrayList<String>();
        for (var call : calls) {
            written.add("%s\n{\"name\": %s, \"arguments\": %s}\n%s"
                    .formatted(
                            ChatTemplate.CALL_OPEN,
                            Json.quote(call.name()),
                            Json.write(call.arguments()),
                            ChatTemplate.CALL_CLOSE));
        }
        return ReplyParser.parse(String.join("\n", written));
    }
}
