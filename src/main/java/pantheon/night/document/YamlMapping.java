package pantheon.night.document;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A block mapping of YAML 1.2 with the lines on which each top-level key stands.
 *
 * @param values the content, every scalar as its text
 */
record YamlMapping(ObjectNode values, List<Entry> entries) {
    /** More nodes than this, aliases counted as often as they are used, are refused. */
    private static final int MOST_NODES = 20_000;
    /** Deeper nesting is refused, so that no document can exhaust the stack. */
    private static final int MOST_LEVELS = 100;

    /**
     * A top-level key.
     *
     * @param writtenKey the key as it stands in the file, quotes included
     * @param text its value's text, null where that is no scalar
     * @param quoted whether that text stands in quotes
     * @param firstLine the key's line, from 0
     * @param lastLine the last line of its value
     * @param comment what is to follow a value of one line: blanks and a comment, or nothing
     */
    record Entry(
            String key,
            String writtenKey,
            @Nullable String text,
            boolean quoted,
            int firstLine,
            int lastLine,
            String comment) {
        /** What nobody sees of a key, at its ends or inside. */
        private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}|^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

        /** Whether readers that fold case, or people, take it for a key, though it is another. */
        boolean isSpellingOf(String other) {
            return !key.equals(other) && folded(key).equals(folded(other));
        }

        private static String folded(String key) {
            var seen = UNSEEN.matcher(Normalizer.normalize(key, Normalizer.Form.NFKC))
                    .replaceAll("");
            return seen.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
    }

    /** The blanks before each top-level key. */
    String indentation() {
        var key = entries.isEmpty() ? "" : entries.getFirst().writtenKey();
        return key.substring(0, key.length() - key.stripLeading().length());
    }

    static YamlMapping of(List<String> lines) throws FrontMatter.Unreadable {
        requireLines(lines);
        try {
            return read(lines);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0);
            var tab = hasTab(lines, line) ? " (a tab stands there; write blanks)" : "";
            throw new FrontMatter.Unreadable("line %d: %s%s".formatted(line + 2, oneLine(e.getProblem()), tab));
        } catch (YamlEngineException e) {
            throw new FrontMatter.Unreadable(oneLine(e.getMessage()));
        }
    }

    private static boolean hasTab(List<String> lines, int line) {
        return line < lines.size() && lines.get(line).stripTrailing().indexOf('\t') >= 0;
    }

    private static YamlMapping read(List<String> lines) throws FrontMatter.Unreadable {
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setSchema(new NullOrText())
                .build();
        var text = String.join("", lines);
        requireFlat(new Parse(settings).parseString(text));
        var documents = new Compose(settings).composeAllFromString(text).iterator();
        if (!documents.hasNext()) {
            return new YamlMapping(Json.object(), List.of());
        }
        var root = documents.next();
        if (documents.hasNext()) {
            throw new FrontMatter.Unreadable("the front matter is more than one YAML document");
        }
        return root instanceof ScalarNode scalar && text(scalar).isEmpty()
                ? new YamlMapping(Json.object(), List.of())
                : new Reader(lines).read(root);
    }

    /** YAML ends a line at a carriage return alone too; then its line numbers would not be ours. */
    private static void requireLines(List<String> lines) throws FrontMatter.Unreadable {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).replace("\r\n", "\n").indexOf('\r') >= 0) {
                throw new FrontMatter.Unreadable("line " + (i + 2) + ": a carriage return that ends no line");
            }
        }
    }

    private static void requireFlat(Iterable<Event> events) throws FrontMatter.Unreadable {
        int level = 0;
        for (var event : events) {
            level += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (level > MOST_LEVELS) {
                throw new FrontMatter.Unreadable(
                        "the front matter is nested more than " + MOST_LEVELS + " levels deep");
            }
        }
    }

    /** Plain scalars are null, as YAML 1.1 and 1.2 write it, or text. */
    private static final class NullOrText extends FailsafeSchema {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        @Override
        public ScalarResolver getScalarResolver() {
            return (value, implicit) -> implicit && NULLS.contains(value) ? Tag.NULL : Tag.STR;
        }
    }

    /** What a scalar says; null, however it is written, is no value, as an empty one is. */
    private static String text(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "no YAML" : text.strip().replaceAll("\\s+", " ");
    }

    private static final class Reader {
        private final List<String> lines;
        private int nodes;

        Reader(List<String> lines) {
            this.lines = lines;
        }

        YamlMapping read(Node root) throws FrontMatter.Unreadable {
            if (!(root instanceof MappingNode mapping) || mapping.getFlowStyle() == FlowStyle.FLOW) {
                throw new FrontMatter.Unreadable("the front matter is no block mapping of keys to values");
            }
            requireNoMerge(mapping);
            var entries = new ArrayList<Entry>();
            var tuples = mapping.getValue();
            for (int i = 0; i < tuples.size(); i++) {
                int next = i + 1 < tuples.size() ? line(tuples.get(i + 1)) : lines.size();
                entries.add(entry(tuples.get(i), next));
            }
            return new YamlMapping((ObjectNode) json(mapping), entries);
        }

        /** YAML 1.1 reads further keys through {@code <<}; YAML 1.2 reads a key of that name. */
        private static void requireNoMerge(MappingNode mapping) throws FrontMatter.Unreadable {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.isPlain()
                        && key.getValue().equals("<<")) {
                    throw new FrontMatter.Unreadable("line %d: keys are merged by <<".formatted(line(tuple) + 2));
                }
            }
        }

        private Entry entry(NodeTuple tuple, int nextLine) throws FrontMatter.Unreadable {
            int first = line(tuple);
            var value = tuple.getValueNode();
            int last = lastLine(value, first, nextLine);
            if (last < first) {
                throw new FrontMatter.Unreadable("line %d: two keys on one line".formatted(first + 2));
            }
            var text = value instanceof ScalarNode scalar ? text(scalar) : null;
            var keyEnd = tuple.getKeyNode().getEndMark().orElseThrow();
            var line = lines.get(first);
            var written = line.substring(0, line.offsetByCodePoints(0, keyEnd.getColumn()));
            var comment = first == last ? comment(value, line, first) : "";
            return new Entry(key(tuple), written, text, isQuoted(value), first, last, comment);
        }

        private int lastLine(Node value, int first, int nextLine) {
            boolean block = isBlockScalar(value);
            int last = (block ? value.getEndMark().orElseThrow().getLine() : nextLine) - 1;
            while (last > first && (block ? lines.get(last).isBlank() : isBlankOrComment(lines.get(last)))) {
                last--;
            }
            return last;
        }

        private static String comment(Node value, String line, int first) {
            var end = value.getEndMark().orElseThrow();
            if (end.getLine() != first) {
                return ""; // an alias, whose node stands elsewhere
            }
            var rest =
                    line.substring(line.offsetByCodePoints(0, end.getColumn())).stripTrailing();
            if (!rest.strip().startsWith("#")) {
                return "";
            }
            return rest.startsWith("#") ? " " + rest : rest; // the parser reads 'a'#b, which YAML does not allow
        }

        private static boolean isQuoted(Node value) {
            return value instanceof ScalarNode scalar
                    && (scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                            || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED);
        }

        /** Lines in a block scalar that look like comments are its content. */
        private static boolean isBlockScalar(Node value) {
            return value instanceof ScalarNode scalar
                    && (scalar.getScalarStyle() == ScalarStyle.LITERAL
                            || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        }

        private JsonNode json(Node node) throws FrontMatter.Unreadable {
            if (++nodes > MOST_NODES) {
                throw new FrontMatter.Unreadable("the front matter has more than %d values".formatted(MOST_NODES));
            }
            if (node.isRecursive()) {
                throw new FrontMatter.Unreadable("the front matter refers to itself");
            }
            return switch (node) {
                case ScalarNode scalar -> Json.MAPPER.getNodeFactory().stringNode(text(scalar));
                case SequenceNode sequence -> array(sequence);
                case MappingNode mapping -> object(mapping);
                default -> throw new IllegalStateException("YAML has three kinds of nodes, not " + node.getNodeType());
            };
        }

        private ArrayNode array(SequenceNode sequence) throws FrontMatter.Unreadable {
            var array = Json.MAPPER.createArrayNode();
            for (var item : sequence.getValue()) {
                array.add(json(item));
            }
            return array;
        }

        private ObjectNode object(MappingNode mapping) throws FrontMatter.Unreadable {
            var object = Json.object();
            var seen = new HashSet<String>();
            for (var tuple : mapping.getValue()) {
                if (!seen.add(key(tuple))) {
                    throw new FrontMatter.Unreadable(
                            "line %d: key %s stands twice".formatted(line(tuple) + 2, Json.quote(key(tuple))));
                }
                object.set(key(tuple), json(tuple.getValueNode()));
            }
            return object;
        }

        private static String key(NodeTuple tuple) throws FrontMatter.Unreadable {
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            throw new FrontMatter.Unreadable("line %d: a key is no text".formatted(line(tuple) + 2));
        }

        private static int line(NodeTuple tuple) {
            return tuple.getKeyNode().getStartMark().orElseThrow().getLine();
        }

        private static boolean isBlankOrComment(String line) {
            var text = line.strip();
            return text.isEmpty() || text.startsWith("#");
        }
    }
}
