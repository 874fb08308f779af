package pantheon.night.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import tools.jackson.databind.JsonNode;

/** The journal of one night with all its lines. */
record Chronicle(String run, List<JournalReader.Entry> entries) {
    static Chronicle read(Path journal, String run) {
        var entries = new ArrayList<JournalReader.Entry>();
        if (JournalReader.read(journal, entries::add)) {
            throw new AssertionError("the journal of " + run + " ends in half a line");
        }
        return new Chronicle(run, entries);
    }

    List<JournalReader.Entry> of(EventType type) {
        return entries.stream()
                .filter(entry -> EventType.of(entry.event()) == type)
                .toList();
    }

    /** The values of a field of all events of a type. */
    List<String> values(EventType type, String field) {
        return of(type).stream().map(entry -> text(entry, field)).toList();
    }

    static String task(JournalReader.Entry entry) {
        return String.valueOf(entry.event().task());
    }

    static String text(JournalReader.Entry entry, String field) {
        return data(entry, field).asString("");
    }

    static JsonNode data(JournalReader.Entry entry, String field) {
        return EventCodec.data(entry.event()).path(field);
    }
}
