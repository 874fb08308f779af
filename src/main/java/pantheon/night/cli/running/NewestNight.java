package pantheon.night.cli.running;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.past.History;
import pantheon.night.past.NightLock;
import pantheon.night.past.Stops.Stop;
import pantheon.night.report.NightStatus;
import pantheon.night.report.record.NightRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * The newest night, looked at once.
 *
 * @param owner who works in its folders, null for nobody
 * @param status where it stands, null where there never was a night
 * @param waiting the stops of agents that it knows of and whose tasks wait for a person
 * @param now when it was looked at
 */
record NewestNight(@Nullable String owner, @Nullable NightStatus status, List<Stop> waiting, Instant now) {
    NewestNight {
        waiting = List.copyOf(waiting);
    }

    static NewestNight of(Setup setup) {
        var owner = owner(setup);
        var newest = newest(setup).map(NightRecord::of);
        var now = Clock.systemUTC().instant(); // read after the journal, which may have grown until here
        return new NewestNight(
                owner.orElse(null),
                newest.map(night -> new NightStatus(night, owner.isPresent() && !night.hasEnded(), now))
                        .orElse(null),
                newest.map(night -> Waiting.of(night.stops(), Decisions.of(setup.state()))
                                .stops())
                        .orElse(List.of()),
                now);
    }

    private static Optional<String> owner(Setup setup) {
        return NightLock.owner(setup.config().state(), setup.config().log());
    }

    /** Whether a process works in the folders of nights. */
    static boolean isOwned(Setup setup) {
        return owner(setup).isPresent();
    }

    /** The journal of the newest night. */
    static Optional<Path> newest(Setup setup) {
        var journals = History.journals(setup.config().log());
        return journals.isEmpty() ? Optional.empty() : Optional.of(journals.getLast());
    }

    /** Whether a process works on it. */
    boolean runs() {
        return status != null && status.isRunning();
    }

    ObjectNode json() {
        var json = status == null ? Json.object().put("running", owner != null) : status.json();
        if (owner != null && status != null) {
            json.put("owner", owner);
        }
        waiting.forEach(stop -> json.withArray("waiting_agents")
                .addObject()
                .put("agent", stop.agent())
                .put("since", stop.run())
                .put("how", stop.how()));
        return json;
    }
}
