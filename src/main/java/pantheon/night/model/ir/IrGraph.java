package pantheon.night.model.ir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import pantheon.night.KeptOrder;
import pantheon.night.disk.RegularFile;

/**
 * What {@code openvino_model.xml} states of a decoder.
 *
 * @param inputs the names of its inputs
 * @param givesLogits whether anything in it is called {@code logits}
 * @param attentions how many layers attend by {@code ScaledDotProductAttention}
 * @param numberBytes how long the file of its numbers has to be
 * @param halfBytes those of its numbers that have 16 bits
 * @param variables the shapes of what it keeps from one run to the next, 0 or less for a dimension that is open
 */
public record IrGraph(
        Set<String> inputs,
        boolean givesLogits,
        int attentions,
        long numberBytes,
        long halfBytes,
        List<List<Integer>> variables) {
    /** The graph's file in a model folder, and that of its weights. */
    public static final String GRAPH = "openvino_model.xml";

    public static final String WEIGHTS = "openvino_model.bin";

    private static final Set<String> HALVES = Set.of("f16", "bf16");
    private static final long MOST_BYTES = 1 << 28;

    public IrGraph {
        inputs = KeptOrder.set(inputs);
        variables = List.copyOf(variables);
    }

    /**
     * Reads a graph's file.
     *
     * @throws IOException where it cannot be read, or is no such file
     */
    public static IrGraph of(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has %d bytes; expected %d at most".formatted(Files.size(file), MOST_BYTES));
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var in = RegularFile.stream(file)) {
            return new Reading(factory.createXMLStreamReader(in)).graph();
        } catch (XMLStreamException | ArithmeticException | NumberFormatException e) {
            throw new IOException("it is no graph of OpenVINO's", e);
        }
    }

    /** Whether it keeps keys and values from one run to the next, and gives out logits. */
    public boolean isDecoder() {
        return inputs.contains("input_ids") && givesLogits && !variables.isEmpty();
    }

    /** Whether each layer attends in the way that blocks of keys and values can be put under. */
    public boolean isPageable() {
        return isDecoder()
                && inputs.containsAll(Set.of("attention_mask", "position_ids", "beam_idx"))
                && attentions > 0
                && variables.size() == 2 * attentions
                && variables.stream().allMatch(shape -> shape.size() == 4 && shape.get(1) > 0 && shape.get(3) > 0);
    }

    /**
     * What its numbers take once they are computed with.
     *
     * @param single whether in single precision, into which numbers of 16 bits are copied
     */
    public long computedBytes(boolean single) {
        return numberBytes + (single ? halfBytes : 0);
    }

    /** How many numbers the keys and values of one token are. */
    public long tokenNumbers() {
        return variables.stream()
                .mapToLong(shape -> shape.stream()
                        .filter(size -> size > 0)
                        .mapToLong(size -> size)
                        .reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Goes through the file once. */
    private static final class Reading {
        private final XMLStreamReader xml;
        private final Set<String> inputs = new HashSet<>();
        private final List<List<Integer>> variables = new ArrayList<>();
        private boolean givesLogits;
        private int attentions;
        private long numberBytes;
        private long halfBytes;
        private String layer = "";

        Reading(XMLStreamReader xml) {
            this.xml = xml;
        }

        IrGraph graph() throws XMLStreamException {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    element();
                }
            }
            return new IrGraph(inputs, givesLogits, attentions, numberBytes, halfBytes, variables);
        }

        private void element() {
            switch (xml.getLocalName()) {
                case "layer" -> layer();
                case "data" -> data();
                case "port" -> port();
                default -> {}
            }
        }

        private void layer() {
            layer = attribute("type");
            attentions += layer.equals("ScaledDotProductAttention") ? 1 : 0;
        }

        private void data() {
            if (layer.equals("Const")) {
                long size = Long.parseLong(attribute("size"));
                numberBytes = Math.max(numberBytes, Math.addExact(Long.parseLong(attribute("offset")), size));
                halfBytes += HALVES.contains(attribute("element_type")) ? size : 0;
            }
            if (layer.equals("ReadValue")) {
                variables.add(Stream.of(attribute("variable_shape").split(","))
                        .map(String::strip)
                        .map(size -> size.matches("\\d{1,9}") ? Integer.parseInt(size) : 0)
                        .toList());
            }
        }

        /** A tensor's names are those of the port that gives it out. */
        private void port() {
            var names = List.of(attribute("names").split(","));
            if (layer.equals("Parameter")) {
                inputs.addAll(names);
            }
            givesLogits |= names.contains("logits");
        }

        private String attribute(String name) {
            var value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }
    }
}
