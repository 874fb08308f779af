package pantheon.night.model.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import pantheon.night.disk.RegularFile;
import pantheon.night.model.graph.ProtoReader.Range;

/** Finds the files that an ONNX file keeps the numbers of its tensors in, by the fields of {@code onnx.proto3}. */
public final class ExternalData {
    private static final int MOST_DEPTH = 16;
    private static final int MOST_TEXT = 1 << 12;

    private final ProtoReader reader;
    private final SortedSet<String> locations = new TreeSet<>();

    private ExternalData(ProtoReader reader) {
        this.reader = reader;
    }

    /**
     * The locations that its tensors name, as they stand there; none where all numbers are in the file itself.
     *
     * @throws IOException where the file cannot be read, or is no such file
     */
    public static SortedSet<String> of(Path graph) throws IOException {
        try (var channel = RegularFile.channel(graph)) {
            var data = new ExternalData(new ProtoReader(channel));
            data.model(new Range(0, channel.size()));
            return data.locations;
        }
    }

    private void model(Range model) throws IOException {
        reader.fields(model, (field, value) -> {
            switch (field) {
                case 7 -> graph(value, 0);
                case 25 -> function(value);
                default -> {} // who made it, and for which versions
            }
        });
    }

    private void graph(Range graph, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new IOException("its graphs are nested deeper than %d".formatted(MOST_DEPTH));
        }
        reader.fields(graph, (field, value) -> {
            switch (field) {
                case 1 -> node(value, depth);
                case 5 -> tensor(value);
                case 15 -> sparse(value);
                default -> {} // names, inputs and outputs
            }
        });
    }

    private void function(Range function) throws IOException {
        reader.fields(function, (field, value) -> {
            if (field == 7) {
                node(value, 0);
            }
        });
    }

    private void node(Range node, int depth) throws IOException {
        reader.fields(node, (field, value) -> {
            if (field == 5) {
                attribute(value, depth);
            }
        });
    }

    private void attribute(Range attribute, int depth) throws IOException {
        reader.fields(attribute, (field, value) -> {
            switch (field) {
                case 5, 10 -> tensor(value);
                case 6, 11 -> graph(value, depth + 1);
                case 22, 23 -> sparse(value);
                default -> {} // numbers and texts
            }
        });
    }

    private void sparse(Range tensor) throws IOException {
        reader.fields(tensor, (field, value) -> {
            if (field == 1 || field == 2) {
                tensor(value);
            }
        });
    }

    private void tensor(Range tensor) throws IOException {
        reader.fields(tensor, (field, value) -> {
            if (field == 13) {
                entry(value);
            }
        });
    }

    private void entry(Range entry) throws IOException {
        var texts = new String[] {"", ""};
        reader.fields(entry, (field, value) -> {
            if (field == 1 || field == 2) {
                texts[field - 1] = reader.text(value, MOST_TEXT);
            }
        });
        if (texts[0].equals("location")) {
            locations.add(texts[1]);
        }
    }
}
