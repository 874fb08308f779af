package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Whatever a document holds, its front matter is read and edited, or told to be unreadable. */
final class FrontMatterFuzzTest {
    @FuzzTest(maxDuration = "")
    void a_key_that_is_set_is_read_back_and_the_body_stays(FuzzedDataProvider data) {
        var value = data.consumeString(20);
        var text = data.consumeRemainingAsString();
        try {
            var document = FrontMatter.of(text);
            var set = Map.of("title", value);
            var edited = document.with(set);
            var again = FrontMatter.of(edited);
            assertEquals(value, again.values().get("title").stringValue());
            assertEquals(document.body(), again.body());
            assertEquals(edited, again.with(set), "the same once more changes nothing");
        } catch (FrontMatter.Unreadable e) {
            assertTrue(e.getMessage() != null);
        }
    }
}
