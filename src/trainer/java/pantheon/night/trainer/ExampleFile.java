package pantheon.night.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * Conversations that were written down: a line for their prefix, then one for each with its segments.
 *
 * @param prefix the text before every conversation
 */
record ExampleFile(String prefix, List<List<Segment>> conversations) {
    ExampleFile {
        conversations = List.copyOf(conversations);
    }

    static ExampleFile read(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return new ExampleFile(
                Json.parse(lines.getFirst()).required("prefix").stringValue(),
                lines.stream()
                        .skip(1)
                        .map(line -> Json.parse(line)
                                .required("segments")
                                .valueStream()
                                .map(ExampleFile::segment)
                                .toList())
                        .toList());
    }

    private static Segment segment(JsonNode part) {
        return new Segment(
                part.required("text").stringValue(), part.required("learned").booleanValue());
    }

    void write(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write(Json.write(Json.object().put("prefix", prefix)) + "\n");
            for (var conversation : conversations) {
                var line = Json.object();
                var segments = line.putArray("segments");
                conversation.forEach(
                        part -> segments.addObject().put("text", part.text()).put("learned", part.learned()));
                out.write(Json.write(line) + "\n");
            }
        }
    }

    /** An endless sequence of them: all in an order that the seed decides, then all in another one. */
    ExampleSource source(long seed) {
        var random = new Random(seed);
        var left = new ArrayList<List<Segment>>();
        return new ExampleSource() {
            @Override
            public String prefix() {
                return prefix;
            }

            @Override
            public List<Segment> next() {
                if (left.isEmpty()) {
                    left.addAll(conversations);
                    Collections.shuffle(left, random);
                }
                return left.removeLast();
            }
        };
    }
}
