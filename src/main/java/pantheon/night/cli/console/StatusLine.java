package pantheon.night.cli.console;

import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import pantheon.night.agent.Ending;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.direction.Direction;
import pantheon.night.local.NotifySocket;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;

/** A night's progress as the service manager shows it, for example by {@code systemctl status}. */
public final class StatusLine implements NightListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final NotifySocket notifySocket;
    private final InstantSource clock;
    private final ZoneId zone;
    private Pace pace;

    public StatusLine(NotifySocket notifySocket, InstantSource clock, ZoneId zone) {
        this.notifySocket = notifySocket;
        this.clock = clock;
        this.zone = zone;
        this.pace = Pace.atStart(0, clock.instant());
    }

    @Override
    public void nightStarted(String run, int tasks) {
        pace = Pace.atStart(tasks, clock.instant());
        notifySocket.status("0/%d tasks".formatted(tasks));
    }

    @Override
    public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {
        pace = Pace.atResumption(finished, left, clock.instant());
        notifySocket.status("%d/%d tasks, gone on with".formatted(pace.done(), pace.tasks()));
    }

    @Override
    public void taskFinished(Task task, Ending ending) {
        pace = pace.after(ending);
        notifySocket.status("%d/%d tasks, %d accepted, ends about %s"
                .formatted(
                        pace.done(),
                        pace.tasks(),
                        pace.accepted(),
                        TIME.format(pace.end(clock.instant()).atZone(zone))));
    }

    @Override
    public void directed(Direction direction) {
        notifySocket.status(
                "%d/%d tasks; the night %s".formatted(pace.done(), pace.tasks(), DirectionWords.of(direction)));
    }

    @Override
    public void nightFinished(NightResult result) {
        notifySocket.status("%d/%d tasks, %d accepted, %d left for the next night"
                .formatted(
                        pace.done(),
                        pace.tasks(),
                        pace.accepted(),
                        result.carryOver().size()));
    }
}
