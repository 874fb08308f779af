package pantheon.night.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.JsonCursor;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a record is written as a JSON object, and read back: its fields, in the order in which they are written.
 *
 * @param <R> the record
 */
final class Shape<R> implements FieldKind<R> {
    private final List<Field<R, ?>> fields;

    /** What each field begins with: its name and a colon. */
    private final byte[][] names;

    private final Function<Values, R> make;

    private Shape(List<Field<R, ?>> fields, Function<Values, R> make) {
        this.fields = List.copyOf(fields);
        this.make = make;
        this.names = fields.stream()
                .map(field -> (Json.quote(field.name) + ":").getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * A field of a record.
     *
     * @param place its place among the fields, from 0
     * @param get its value, null where it is not written
     * @param isTime whether it says how long something took, which no two runs have in common
     */
    record Field<R, T>(
            String name,
            int place,
            FieldKind<T> kind,
            Function<R, @Nullable T> get,
            boolean isRequired,
            boolean isTime) {
        private void write(R record, ObjectNode out) {
            T value = get.apply(record);
            if (value != null) {
                out.set(name, kind.json(value));
            }
        }
    }

    /** The values of a record's fields while it is read. */
    static final class Values {
        private final String task;
        private final @Nullable Object[] values;

        private Values(@Nullable String task, int fields) {
            this.task = String.valueOf(task);
            this.values = new Object[fields];
        }

        /** The task that the event is of. */
        String task() {
            return task;
        }

        /** The value of a field that every such record has. */
        @SuppressWarnings("unchecked") // the field's kind has read it
        <T> T get(Field<?, T> field) {
            var value = values[field.place];
            if (value == null) {
                throw new JsonCursor.Unfit();
            }
            return (T) value;
        }

        /** The value of a field that a record may lack, null where it does. */
        @SuppressWarnings("unchecked") // the field's kind has read it
        <T> @Nullable T find(Field<?, T> field) {
            return (T) values[field.place];
        }

        /** A text that is left out where it is empty. */
        String text(Field<?, String> field) {
            var text = find(field);
            return text == null ? "" : text;
        }

        /** The items of a list that is left out where it is empty. */
        <T> List<T> list(Field<?, List<T>> field) {
            var list = find(field);
            return list == null ? List.of() : list;
        }

        /** The entries of a map that is left out where it is empty. */
        <T> Map<String, T> map(Field<?, Map<String, T>> field) {
            var map = find(field);
            return map == null ? Map.of() : map;
        }
    }

    /** The fields of a record, in the order in which they are written. */
    static final class Fields<R> {
        private final List<Field<R, ?>> fields = new ArrayList<>();

        /** A field that every such record has. */
        <T> Field<R, T> has(String name, FieldKind<T> kind, Function<R, T> get) {
            return add(name, kind, record -> get.apply(record), true, false);
        }

        /** A field that a record may lack. */
        <T> Field<R, T> mayHave(String name, FieldKind<T> kind, Function<R, @Nullable T> get) {
            return add(name, kind, get, false, false);
        }

        /** A list that is left out where it is empty. */
        <T> Field<R, List<T>> mayList(String name, FieldKind<List<T>> kind, Function<R, List<T>> get) {
            return mayHave(name, kind, record -> {
                var list = get.apply(record);
                return list.isEmpty() ? null : list;
            });
        }

        /** A map that is left out where it is empty. */
        <T> Field<R, Map<String, T>> mayMap(
                String name, FieldKind<Map<String, T>> kind, Function<R, Map<String, T>> get) {
            return mayHave(name, kind, record -> {
                var map = get.apply(record);
                return map.isEmpty() ? null : map;
            });
        }

        /** How long something took, in milliseconds. */
        Field<R, Long> took(String name, Function<R, Long> get) {
            return add(name, FieldKind.large(0), record -> get.apply(record), true, true);
        }

        /** The same, where it may not be known. */
        Field<R, Long> mayHaveTaken(String name, Function<R, @Nullable Long> get) {
            return add(name, FieldKind.large(0), get, false, true);
        }

        /** A text that is the same in every such record. */
        void always(String name, String value) {
            add(name, FieldKind.text(value::equals), record -> value, true, false);
        }

        private <T> Field<R, T> add(
                String name, FieldKind<T> kind, Function<R, @Nullable T> get, boolean isRequired, boolean isTime) {
            var field = new Field<>(name, fields.size(), kind, get, isRequired, isTime);
            fields.add(field);
            return field;
        }

        /** These fields, and what is made of their values. */
        Shape<R> make(Function<Values, R> make) {
            return new Shape<>(fields, make);
        }
    }

    @Override
    public R read(JsonCursor in) {
        return read(in, null);
    }

    /**
     * Reads a record.
     *
     * @param task the task that it is of, null for none
     */
    R read(JsonCursor in, @Nullable String task) {
        var values = new Values(task, fields.size());
        in.pass('{');
        if (!in.skip('}')) {
            int next = 0;
            do {
                next = field(in, next, values.values) + 1;
            } while (in.skip(','));
            in.pass('}');
        }
        for (var field : fields) {
            JsonCursor.require(!field.isRequired || values.values[field.place] != null);
        }
        return make.apply(values);
    }

    /**
     * Reads one field.
     *
     * @param expected the place from which on it is looked for first, as fields are written in their order
     * @return its place
     */
    private int field(JsonCursor in, int expected, @Nullable Object[] values) {
        for (int i = 0; i < names.length; i++) {
            int place = (expected + i) % names.length;
            if (in.skip(names[place])) {
                JsonCursor.require(values[place] == null);
                values[place] = fields.get(place).kind.read(in);
                return place;
            }
        }
        throw new JsonCursor.Unfit();
    }

    @Override
    public ObjectNode json(R record) {
        var json = Json.object();
        fields.forEach(field -> field.write(record, json));
        return json;
    }

    /** The names of the fields that say how long something took. */
    Set<String> times() {
        var times = new TreeSet<String>();
        fields.stream().filter(Field::isTime).forEach(field -> times.add(field.name));
        return times;
    }
}
