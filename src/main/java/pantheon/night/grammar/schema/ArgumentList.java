package pantheon.night.grammar.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.language.automaton.UnsupportedPattern;

/**
 * The arguments of a call that are given by their names, in the schema's order: the known properties of an object, each
 * with what its form has around it.
 */
public final class ArgumentList {
    /** Names that no form takes for anything else. */
    private static final Pattern NAME = Pattern.compile("[^\\s\"'\\\\<>=(),]+");

    private final ObjectShape shape;
    private final NameTrie first;
    private final NameTrie later;
    private final long[] bytesFrom;
    private final Around around;

    /**
     * What stands around names and values.
     *
     * @param between what stands before all names but the first
     */
    public record Around(String between, String beforeName, String afterName, String afterValue) {
        private int bytes() {
            return between.length() + beforeName.length() + afterName.length() + afterValue.length();
        }
    }

    private ArgumentList(ObjectShape shape, Around around) {
        this.shape = shape;
        this.around = around;
        first = names("");
        later = names(around.between());
        int count = shape.properties().size();
        bytesFrom = new long[count + 1];
        for (int i = count - 1; i >= 0; i--) {
            bytesFrom[i] = bytesFrom[i + 1] + (shape.property(i).required() ? bytes(i) : 0);
        }
    }

    /** Whether an argument's or a tool's name can be written. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The ways in which a call's arguments can be given; none where there is no such way.
     *
     * @param arguments objects; other values among them cannot be given by names
     * @throws UnusableSchema where a value's texts would be too many to tell apart
     */
    public static List<ArgumentList> of(ValueSet arguments, Spelling spelling, Around around) {
        try {
            return spelled(arguments, spelling, around);
        } catch (UnsupportedPattern e) {
            throw new UnusableSchema("", "is too complex for this model's call format: " + e.getMessage());
        }
    }

    private static List<ArgumentList> spelled(ValueSet arguments, Spelling spelling, Around around) {
        return arguments.alternatives().stream()
                .filter(ObjectShape.class::isInstance)
                .map(ObjectShape.class::cast)
                .map(object -> object.ofNames(spelling::of))
                .filter(object -> object.shortest() != ValueSet.NEVER)
                .map(object -> new ArgumentList(object, around))
                .toList();
    }

    private NameTrie names(String between) {
        var texts = shape.properties().stream()
                .map(property -> between + around.beforeName() + property.written() + around.afterName())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        var usable = new boolean[texts.size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = shape.isUsable(i);
        }
        return new NameTrie(texts, usable);
    }

    /** Which argument may be next, and whether any must be. */
    public ObjectShape shape() {
        return shape;
    }

    /** The names with what stands before and behind them. */
    public NameTrie names(boolean isFirst) {
        return isFirst ? first : later;
    }

    public Around around() {
        return around;
    }

    private long bytes(int index) {
        var property = shape.property(index);
        return around.bytes()
                + property.bytes().length
                + (long) property.values().shortest();
    }

    /** The bytes that surely suffice for the arguments that are left. */
    public int rest(int from, int count) {
        long bytes = bytesFrom[from];
        long missing = (long) shape.min() - count - shape.requiredFrom(from);
        if (missing > 0) {
            bytes += shape.properties().stream()
                    .skip(from)
                    .filter(property -> !property.required() && property.isUsable())
                    .mapToLong(property -> bytes(shape.properties().indexOf(property)))
                    .sorted()
                    .limit(missing)
                    .sum();
        }
        return (int) Math.min(bytes, ValueSet.NEVER - 1);
    }

    /** The same inside a name, whichever it becomes. */
    public int rest(boolean isFirst, int node, int firstIndex, int lastIndex, int count) {
        var names = names(isFirst);
        long written = (long) names.depth(node) + (isFirst ? around.between().length() : 0);
        long best = ValueSet.NEVER;
        for (int index : names.below(node)) {
            if (firstIndex <= index && index <= lastIndex) {
                best = Math.min(best, bytes(index) - written + rest(index + 1, shape.counted(count + 1)));
            }
        }
        return (int) best;
    }
}
