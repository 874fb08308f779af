package pantheon.night.model.safetensors;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the header of a safetensors file: its tensors must fill the rest of the file, one behind the other. */
record SafetensorsHeader(Path path, long start, long end) {
    Map<String, Safetensor> read(String text) {
        var tensors = new LinkedHashMap<String, Safetensor>();
        for (var entry : json(text).properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        requireFilled(List.copyOf(tensors.values()));
        return tensors;
    }

    private JsonNode json(String text) {
        try {
            var json = Json.parse(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw broken(path, "its header is no JSON with names that are there once: " + Json.why(e));
        }
        throw broken(path, "its header is no JSON object");
    }

    private Safetensor tensor(String name, JsonNode json) {
        var type = json.path("dtype").asString("");
        var known = NumberType.of(type)
                .orElseThrow(() -> refused(
                        path,
                        "tensor %s is in %s".formatted(VisibleText.line(name), VisibleText.line(type)),
                        "Get the model in one of F32, F16, BF16."));
        var shape = wholes(name, json.path("shape"));
        var offsets = wholes(name, json.path("data_offsets"));
        long size = size(name, shape, known);
        if (offsets.size() != 2
                || offsets.getFirst() > end - start
                || offsets.getLast() > end - start
                || offsets.getLast() - offsets.getFirst() != size) {
            throw broken(
                    path,
                    "tensor %s lies at %s of %d bytes; its shape %s needs %d"
                            .formatted(VisibleText.line(name), offsets, end - start, shape, size));
        }
        return new Safetensor(name, known, shape, start + offsets.getFirst(), size);
    }

    private List<Long> wholes(String name, JsonNode json) {
        var numbers = json.valueStream()
                .filter(each -> each.isIntegralNumber() && each.canConvertToLong() && each.longValue() >= 0)
                .map(JsonNode::longValue)
                .toList();
        if (!json.isArray() || numbers.size() != json.size() || numbers.size() > 8) {
            throw broken(
                    path, "tensor %s has no shape and data_offsets of whole numbers".formatted(VisibleText.line(name)));
        }
        return numbers;
    }

    private long size(String name, List<Long> shape, NumberType type) {
        try {
            return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw broken(
                    path, "tensor %s has the shape %s, more than any file".formatted(VisibleText.line(name), shape));
        }
    }

    private void requireFilled(List<Safetensor> tensors) {
        long at = start;
        for (var tensor : tensors.stream()
                .sorted(Comparator.comparingLong(Safetensor::offset).thenComparingLong(Safetensor::bytes))
                .toList()) {
            if (tensor.offset() != at) {
                throw broken(
                        path,
                        "tensor %s starts at byte %d; expected %d, right behind the one before"
                                .formatted(VisibleText.line(tensor.name()), tensor.offset(), at));
            }
            at += tensor.bytes();
        }
        if (at != end) {
            throw broken(path, "its tensors end at byte %d, and it at %d".formatted(at, end));
        }
    }

    static NightException broken(Path path, String what) {
        return refused(path, what, "Get the file from its source again.");
    }

    static NightException refused(Path path, String what, String mend) {
        return new NightException(ExitCode.DATA, "%s cannot be used: %s. %s".formatted(path, what, mend));
    }
}
