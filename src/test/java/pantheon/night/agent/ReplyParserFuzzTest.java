package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;

/** Whatever a model says is either calls or told to be none. */
final class ReplyParserFuzzTest {
    @FuzzTest(maxDuration = "")
    void a_reply_is_calls_or_malformed(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        try {
            var calls = ChatFormats.QWEN.parse(text);
            assertEquals(calls, reparsed(calls), "what was parsed is written and parsed to the same");
        } catch (MalformedReply e) {
            assertEquals(false, e.code().isEmpty());
        }
    }

    private static List<ParsedCall> reparsed(List<ParsedCall> calls) throws MalformedReply {
        return ChatFormats.QWEN.parse(ChatFormats.QWEN.calls(calls, ChatFormats.QWEN.control(List.of())));
    }
}
