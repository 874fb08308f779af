package pantheon.night.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;

/**
 * Small made-up tasks, to try the trainer alone: the user names three fields and their random words, the assistant
 * repeats them in a call in the same order.
 */
public final class CopyExamples implements ExampleSource {
    private static final String[] FIELDS = {"title", "path", "status", "label", "owner"};

    private final Random random;

    public CopyExamples(long seed) {
        random = new Random(seed);
    }

    @Override
    public String prefix() {
        return ControlToken.FORMAT.opening(
                "You repeat what the user names.", List.of(new ToolCard("repeat", "Repeat.", Json.object())));
    }

    @Override
    public List<Segment> next() {
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            arguments
                    .append(i == 0 ? "{\"" : ", \"")
                    .append(FIELDS[random.nextInt(FIELDS.length)])
                    .append("\": \"")
                    .append(words())
                    .append('"');
        }
        arguments.append('}');
        List<Segment> segments = new ArrayList<>();
        var call = ControlToken.CALL.written("repeat", arguments.toString());
        segments.add(new Segment(ControlToken.FORMAT.input(arguments.toString()), false));
        segments.add(new Segment(call + ControlToken.TURN_END, true));
        return segments;
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word <= random.nextInt(5); word++) {
            words.append(word == 0 ? "" : " ");
            for (int syllable = 0; syllable <= random.nextInt(3); syllable++) {
                words.append("bcdfghklmnprst".charAt(random.nextInt(14))).append("aeiou".charAt(random.nextInt(5)));
            }
        }
        return words.toString();
    }
}
