package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.MalformedReply;
import pantheon.night.prompt.ParsedCall;

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
        var written = new ArrayList<String>();
        for (var call : calls) {
            written.add(ChatFormats.QWEN.call().written(call.name(), Json.write(call.arguments())));
        }
        return ChatFormats.QWEN.parse(String.join("\n", written));
    }
}
