package pantheon.night.contract;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A place in JSON (RFC 8259) in valid UTF-8, without white space between its tokens. Whoever reads asks for what is to stand
 * there, and goes on behind it; whatever else stands there is {@link Unfit}.
 */
public final class JsonCursor {
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final int MOST_DIGITS = 18;
    private static final int DEEPEST = StreamReadConstraints.defaults().getMaxNestingDepth();

    /** Thrown where something else stands than was asked for. It says no more. */
    public static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unfit() {
            super("another value was asked for than stands there", null, false, false);
        }
    }

    private final byte[] json;
    private final int end;
    private int at;

    public JsonCursor(byte[] json) {
        this.json = json;
        this.end = json.length;
    }

    /** Ends the reading where something does not hold. */
    public static void require(boolean holds) {
        if (!holds) {
            throw new Unfit();
        }
    }

    /** A form in ASCII as it is looked for. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Goes on behind some bytes, if they are the next ones. */
    public boolean skip(byte[] form) {
        int to = at + form.length;
        if (to > end || !java.util.Arrays.equals(json, at, to, form, 0, form.length)) {
            return false;
        }
        at = to;
        return true;
    }

    public void pass(byte[] form) {
        require(skip(form));
    }

    /** The same of one character of ASCII. */
    public boolean skip(char c) {
        boolean is = isNext(c);
        at += is ? 1 : 0;
        return is;
    }

    public void pass(char c) {
        require(skip(c));
    }

    public boolean isNext(char c) {
        return at < end && json[at] == c;
    }

    public boolean isAtEnd() {
        return at == end;
    }

    /** Reads an object: each of its names is handed on, and whoever takes it reads the value. */
    public void members(Consumer<String> taker) {
        pass('{');
        if (skip('}')) {
            return;
        }
        do {
            var name = text();
            pass(':');
            taker.accept(name);
        } while (skip(','));
        pass('}');
    }

    /** Reads an array, each item by the same way. */
    public void items(Runnable item) {
        pass('[');
        if (skip(']')) {
            return;
        }
        do {
            item.run();
        } while (skip(','));
        pass(']');
    }

    /** Reads a string. */
    public String text() {
        pass('"');
        int from = at;
        while (at < end && json[at] != '"' && json[at] != '\\') {
            require((json[at] & 0xFF) >= ' ');
            at++;
        }
        if (isNext('\\')) {
            return escaped(from);
        }
        pass('"');
        return new String(json, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    /** @param from the first byte of the string; what stands before the place is plain */
    private String escaped(int from) {
        while (at < end && json[at] != '"') {
            require((json[at] & 0xFF) >= ' ');
            at += json[at] == '\\' ? 2 : 1;
        }
        pass('"');
        return unescaped(new String(json, from, at - 1 - from, StandardCharsets.UTF_8));
    }

    /** @param string in which something stands behind each reverse solidus */
    private static String unescaped(String string) {
        var text = new StringBuilder(string.length());
        int from = 0;
        for (int escape = string.indexOf('\\'); escape >= 0; escape = string.indexOf('\\', from)) {
            text.append(string, from, escape);
            char c = string.charAt(escape + 1);
            text.append(c == 'u' ? unicode(string, escape + 2) : control(c));
            from = escape + (c == 'u' ? 6 : 2);
        }
        return text.append(string, from, string.length()).toString();
    }

    private static char unicode(String string, int from) {
        require(from + 4 <= string.length());
        for (int i = from; i < from + 4; i++) {
            require(HexFormat.isHexDigit(string.charAt(i)));
        }
        return (char) HexFormat.fromHexDigits(string, from, from + 4);
    }

    private static char control(char c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new Unfit();
        };
    }

    public boolean flag() {
        if (skip(TRUE)) {
            return true;
        }
        pass(FALSE);
        return false;
    }

    /** Reads a whole number, which may also be written with a fraction of zeros. */
    public long whole() {
        long plain = plain();
        return plain >= 0 ? plain : whole(number());
    }

    private static long whole(JsonNode number) {
        if (number.isFloatingPointNumber()) {
            double value = number.doubleValue();
            require(value == Math.rint(value) && Math.abs(value) < 1L << Double.PRECISION);
            return (long) value;
        }
        require(number.canConvertToLong());
        return number.longValue();
    }

    /** Reads a number of digits alone; goes nowhere and is negative where another one stands there, or none. */
    private long plain() {
        int from = at;
        int to = at;
        long value = 0;
        while (to < end && json[to] >= '0' && json[to] <= '9') {
            value = value * 10 + (json[to++] - '0');
        }
        boolean isPlain = to > from
                && to - from <= MOST_DIGITS
                && (json[from] != '0' || to == from + 1)
                && (to == end || !isOfNumber(json[to]));
        at = isPlain ? to : from;
        return isPlain ? value : -1;
    }

    private static boolean isOfNumber(byte c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    /** Reads any number. */
    public JsonNode number() {
        long plain = plain();
        if (plain >= 0) {
            return plain <= Integer.MAX_VALUE ? IntNode.valueOf((int) plain) : LongNode.valueOf(plain);
        }
        int from = at;
        while (at < end && isOfNumber(json[at])) {
            at++;
        }
        require(at > from);
        return Json.parse(new String(json, from, at - from, StandardCharsets.US_ASCII));
    }

    /** Reads any value. */
    public JsonNode tree() {
        return tree(0);
    }

    private JsonNode tree(int depth) {
        require(at < end && depth < DEEPEST);
        return switch (json[at]) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> StringNode.valueOf(text());
            case 't', 'f' -> BooleanNode.valueOf(flag());
            case 'n' -> {
                pass(NULL);
                yield NullNode.getInstance();
            }
            default -> number();
        };
    }

    private ObjectNode object(int depth) {
        var object = Json.object();
        members(name -> {
            int before = object.size();
            object.set(name, tree(depth));
            require(object.size() > before); // no name comes twice
        });
        return object;
    }

    private ArrayNode array(int depth) {
        var array = Json.MAPPER.createArrayNode();
        items(() -> array.add(tree(depth)));
        return array;
    }
}
