package pantheon.night.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.databind.JsonNode;

/** JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it. */
final class PythonJson {
    private final StringBuilder out = new StringBuilder();

    private PythonJson() {}

    static String write(JsonNode value) {
        var writer = new PythonJson();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(JsonNode value) {
        if (value.isObject()) {
            object(value);
        } else if (value.isArray()) {
            array(value);
        } else if (value.isString()) {
            string(value.stringValue());
        } else if (value.isNumber() && !value.isIntegralNumber()) {
            out.append(number(value.doubleValue()));
        } else {
            out.append(value.asString("null"));
        }
    }

    private void object(JsonNode object) {
        var separator = "";
        out.append('{');
        for (var entry : object.properties()) {
            out.append(separator);
            string(entry.getKey());
            out.append(": ");
            value(entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void array(JsonNode array) {
        var separator = "";
        out.append('[');
        for (var item : array) {
            out.append(separator);
            value(item);
            separator = ", ";
        }
        out.append(']');
    }

    /** Most of a text stands as it is, and goes over at once. */
    private void string(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, from, i);
                escape(c);
                from = i + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> out.append("\\u%04x".formatted((int) c));
        }
    }

    /** Python's {@code repr(float)}: shortest digits, exponent form below 1e-4 and from 1e16 on. */
    private static String number(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        var shortest = shortest(Math.abs(value));
        int exponent = shortest.precision() - shortest.scale() - 1;
        var sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            return sign + scientific(shortest.unscaledValue().toString(), exponent);
        }
        var plain = shortest.toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }

    private static BigDecimal shortest(double value) {
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        var oneDigit = digits.round(new MathContext(1)); // Java prints two at least
        return oneDigit.doubleValue() == value ? oneDigit : digits;
    }

    private static String scientific(String digits, int exponent) {
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return "%c%se%s%02d".formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
