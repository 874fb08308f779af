package pantheon.night.journal;

import static pantheon.night.contract.JsonCursor.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import pantheon.night.contract.Json;
import pantheon.night.contract.JsonCursor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A kind of JSON value: how it is read from a stream of tokens, and written. What it reads is valid against the schema
 * that ships with the program; what it does not read may be valid all the same.
 *
 * @param <T> what it is in Java
 */
interface FieldKind<T> {
    /**
     * Reads the value that stands next.
     *
     * @throws JsonCursor.Unfit where it is not plainly of this kind
     */
    T read(JsonCursor in);

    JsonNode json(T value);

    /** Any text. */
    FieldKind<String> LINE = text(text -> true);

    /** A text that is not empty. */
    FieldKind<String> TEXT = text(text -> !text.isEmpty());

    /** A short fixed word. */
    FieldKind<String> CODE = text(FieldKind::isCode);

    /** A SHA-256 as lower-case hex. */
    FieldKind<String> DIGEST = text(FieldKind::isDigest);

    /** The id of a git commit. */
    FieldKind<String> COMMIT = text(text -> text.length() >= 40 && text.length() <= 64 && isHex(text));

    /** Base64 with padding, of which the plain form alone is read. */
    FieldKind<String> BASE64 = text(text -> isBase64(text, text.length() - padding(text)));

    /** An Ed25519 signature in base64. */
    FieldKind<String> SIGNATURE = text(text -> text.length() == 88 && padding(text) == 2 && isBase64(text, 86));

    FieldKind<Boolean> FLAG = new FieldKind<>() {
        @Override
        public Boolean read(JsonCursor in) {
            return in.flag();
        }

        @Override
        public JsonNode json(Boolean value) {
            return BooleanNode.valueOf(value);
        }
    };

    /** An instant in whole seconds, as {@code 2026-11-24T05:00:00Z}. */
    FieldKind<Instant> SECOND = new FieldKind<>() {
        private final FieldKind<String> form = text(UtcTime::isWholeSecond);

        @Override
        public Instant read(JsonCursor in) {
            return UtcTime.parse(form.read(in));
        }

        @Override
        public JsonNode json(Instant value) {
            return form.json(value.toString());
        }
    };

    /** A part of a whole, 0 to 1, with a fraction. */
    FieldKind<Double> PART = new FieldKind<>() {
        @Override
        public Double read(JsonCursor in) {
            var number = in.number();
            double value = number.doubleValue();
            require(number.isFloatingPointNumber() && value >= 0 && value <= 1);
            return value;
        }

        @Override
        public JsonNode json(Double value) {
            return DoubleNode.valueOf(value);
        }
    };

    /** Any JSON. */
    FieldKind<JsonNode> ANY = new FieldKind<>() {
        @Override
        public JsonNode read(JsonCursor in) {
            return in.tree();
        }

        @Override
        public JsonNode json(JsonNode value) {
            return value;
        }
    };

    /** A text or a number. */
    FieldKind<JsonNode> CHOICE = new FieldKind<>() {
        @Override
        public JsonNode read(JsonCursor in) {
            return in.isNext('"') ? StringNode.valueOf(in.text()) : in.number();
        }

        @Override
        public JsonNode json(JsonNode value) {
            return value;
        }
    };

    /** Any JSON object. */
    FieldKind<ObjectNode> OBJECT = new FieldKind<>() {
        @Override
        public ObjectNode read(JsonCursor in) {
            require(in.isNext('{'));
            return (ObjectNode) in.tree();
        }

        @Override
        public JsonNode json(ObjectNode value) {
            return value;
        }
    };

    static FieldKind<String> text(Predicate<String> fits) {
        return new FieldKind<>() {
            @Override
            public String read(JsonCursor in) {
                var text = in.text();
                require(fits.test(text));
                return text;
            }

            @Override
            public JsonNode json(String value) {
                return StringNode.valueOf(value);
            }
        };
    }

    /** A whole number of 32 bits. */
    static FieldKind<Integer> number(int least) {
        return new FieldKind<>() {
            @Override
            public Integer read(JsonCursor in) {
                long value = in.whole();
                require(value >= least && value <= Integer.MAX_VALUE);
                return (int) value;
            }

            @Override
            public JsonNode json(Integer value) {
                return IntNode.valueOf(value);
            }
        };
    }

    /** A whole number of 64 bits. */
    static FieldKind<Long> large(long least) {
        return new FieldKind<>() {
            @Override
            public Long read(JsonCursor in) {
                long value = in.whole();
                require(value >= least);
                return value;
            }

            @Override
            public JsonNode json(Long value) {
                return LongNode.valueOf(value);
            }
        };
    }

    /** One of these constants, in lower case. */
    static <E extends Enum<E>> FieldKind<E> word(Collection<E> constants) {
        Map<String, E> byWord = new HashMap<>();
        constants.forEach(constant -> byWord.put(word(constant), constant));
        return new FieldKind<>() {
            @Override
            public E read(JsonCursor in) {
                var constant = byWord.get(in.text());
                if (constant == null) {
                    throw new JsonCursor.Unfit();
                }
                return constant;
            }

            @Override
            public JsonNode json(E value) {
                return StringNode.valueOf(word(value));
            }
        };
    }

    /** How often, by an enum's constants; those that never came are left out. */
    static <E extends Enum<E>> FieldKind<Map<E, Integer>> counts(Class<E> type) {
        return new FieldKind<>() {
            private final FieldKind<Integer> count = number(1);

            @Override
            public Map<E, Integer> read(JsonCursor in) {
                Map<E, Integer> counts = new EnumMap<>(type);
                in.members(name -> require(counts.put(constant(name), count.read(in)) == null));
                return counts;
            }

            private E constant(String name) {
                for (var each : type.getEnumConstants()) {
                    if (word(each).equals(name)) {
                        return each;
                    }
                }
                throw new JsonCursor.Unfit();
            }

            @Override
            public JsonNode json(Map<E, Integer> value) {
                var json = Json.object();
                value.forEach((key, times) -> json.put(word(key), times));
                return json;
            }
        };
    }

    /** Texts by their names. */
    static FieldKind<Map<String, String>> texts() {
        return new FieldKind<>() {
            @Override
            public Map<String, String> read(JsonCursor in) {
                Map<String, String> texts = new LinkedHashMap<>();
                in.members(name -> require(!name.isEmpty() && texts.put(name, LINE.read(in)) == null));
                return texts;
            }

            @Override
            public JsonNode json(Map<String, String> value) {
                var json = Json.object();
                value.forEach(json::put);
                return json;
            }
        };
    }

    static <T> FieldKind<List<T>> list(FieldKind<T> item) {
        return new FieldKind<>() {
            @Override
            public List<T> read(JsonCursor in) {
                List<T> items = new ArrayList<>();
                in.items(() -> items.add(item.read(in)));
                return items;
            }

            @Override
            public JsonNode json(List<T> value) {
                var array = Json.MAPPER.createArrayNode();
                value.forEach(each -> array.add(item.json(each)));
                return array;
            }
        };
    }

    /** A list that is not empty. */
    static <T> FieldKind<List<T>> some(FieldKind<T> item) {
        var any = list(item);
        return new FieldKind<>() {
            @Override
            public List<T> read(JsonCursor in) {
                var items = any.read(in);
                require(!items.isEmpty());
                return items;
            }

            @Override
            public JsonNode json(List<T> value) {
                return any.json(value);
            }
        };
    }

    /** What stands alone in a list. */
    static <T> FieldKind<T> single(FieldKind<T> item) {
        return new FieldKind<>() {
            @Override
            public T read(JsonCursor in) {
                in.pass('[');
                var value = item.read(in);
                in.pass(']');
                return value;
            }

            @Override
            public JsonNode json(T value) {
                return Json.MAPPER.createArrayNode().add(item.json(value));
            }
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isCode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c != '_' || i == 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether a text is a SHA-256 as lower-case hex. */
    static boolean isDigest(String text) {
        return text.length() == 64 && isHex(text);
    }

    /** Digits come at random, so nothing branches on them. */
    private static boolean isHex(String text) {
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            others |= HexDigits.OTHERS[c & 0x7F] | (c >> 7);
        }
        return others == 0;
    }

    private static boolean isBase64(String text, int length) {
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '+' && c != '/') {
                return false;
            }
        }
        return length > 0;
    }

    /** How many signs of equality a text ends in, at most two. */
    private static int padding(String text) {
        return text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    }

    /** The characters of ASCII that are no lower-case hex digit. */
    final class HexDigits {
        private static final byte[] OTHERS = new byte[128];

        static {
            for (int c = 0; c < OTHERS.length; c++) {
                OTHERS[c] = (byte) ("0123456789abcdef".indexOf(c) < 0 ? 1 : 0);
            }
        }

        private HexDigits() {}
    }
}
