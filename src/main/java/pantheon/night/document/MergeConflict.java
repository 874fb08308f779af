package pantheon.night.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge conflict inside front matter whose two sides differ in dates alone.
 *
 * @param resolved the lines with our side taken and no markers
 * @param older for each key in conflict the older of its dates, as written
 */
record MergeConflict(List<String> resolved, Map<String, String> older) {
    private enum Side {
        BOTH,
        OURS,
        BASE,
        THEIRS;

        private boolean isIn(Side whole) {
            return this == BOTH || this == whole;
        }
    }

    /** The conflict in some lines, null where there is none. */
    static @Nullable MergeConflict in(List<String> lines) throws FrontMatter.Unreadable {
        if (lines.stream().noneMatch(MergeConflict::isMarker)) {
            return null;
        }
        var ours = new ArrayList<String>();
        var theirs = new ArrayList<String>();
        part(lines, ours, theirs);
        return new MergeConflict(
                ours,
                older(YamlMapping.of(ours).values(), YamlMapping.of(theirs).values()));
    }

    private static void part(List<String> lines, List<String> ours, List<String> theirs) throws FrontMatter.Unreadable {
        var side = Side.BOTH;
        for (var line : lines) {
            var marker = marker(line, side);
            if (marker == null && side.isIn(Side.OURS)) {
                ours.add(line);
            }
            if (marker == null && side.isIn(Side.THEIRS)) {
                theirs.add(line);
            }
            side = marker == null ? side : marker;
        }
        if (side != Side.BOTH) {
            throw new FrontMatter.Unreadable("the front matter has half a merge conflict");
        }
    }

    private static Map<String, String> older(ObjectNode ours, ObjectNode theirs) throws FrontMatter.Unreadable {
        var keys = new LinkedHashSet<>(ours.propertyNames());
        keys.addAll(theirs.propertyNames());
        var older = new LinkedHashMap<String, String>();
        for (var key : keys) {
            if (!Objects.equals(ours.get(key), theirs.get(key))) {
                older.put(key, older(key, ours.get(key), theirs.get(key)));
            }
        }
        return older;
    }

    private static String older(String key, @Nullable JsonNode mine, @Nullable JsonNode other)
            throws FrontMatter.Unreadable {
        var mineTime = time(mine);
        var otherTime = time(other);
        if (mine == null || other == null || mineTime == null || otherTime == null) {
            throw new FrontMatter.Unreadable("the front matter has a merge conflict over " + key);
        }
        return (otherTime.isBefore(mineTime) ? other : mine).asString();
    }

    private static boolean isMarker(String line) {
        return line.startsWith("<<<<<<<") || line.startsWith(">>>>>>>");
    }

    /** The side that begins after this line, null where the line is no marker in its place. */
    private static @Nullable Side marker(String line, Side side) throws FrontMatter.Unreadable {
        var next = line.startsWith("<<<<<<<") && side == Side.BOTH
                ? Side.OURS
                : line.startsWith("|||||||") && side == Side.OURS
                        ? Side.BASE
                        : line.strip().equals("=======") && (side == Side.OURS || side == Side.BASE)
                                ? Side.THEIRS
                                : line.startsWith(">>>>>>>") && side == Side.THEIRS ? Side.BOTH : null;
        if (next == null && isMarker(line)) {
            throw new FrontMatter.Unreadable("the front matter has half a merge conflict");
        }
        return next;
    }

    /** A date or a time as people write them; a date alone is its first instant in UTC, no zone is UTC. */
    private static @Nullable Instant time(@Nullable JsonNode value) {
        try {
            return value == null || !value.isString()
                    ? null
                    : time(value.stringValue().strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The moment of a date or a time. */
    static Instant time(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        var iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d)", "$1T$2")
                .replaceFirst(" ?([+-]\\d\\d):?(\\d\\d)$", "$1:$2")
                .replaceFirst(" Z$", "Z");
        return iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") && iso.length() > 16
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
