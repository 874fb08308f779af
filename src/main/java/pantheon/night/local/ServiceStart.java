package pantheon.night.local;

import java.util.Map;

/** Who had the service manager start this process, as systemd 252 and later tell it (systemd.exec(5)). */
public final class ServiceStart {
    private ServiceStart() {}

    /** Whether this is a service's own process and no timer, path or socket had it started: a person or their script did. */
    public static boolean isByHand() {
        return isByHand(System.getenv(), ProcessHandle.current().pid());
    }

    static boolean isByHand(Map<String, String> environment, long process) {
        return Long.toString(process).equals(environment.get("SYSTEMD_EXEC_PID"))
                && !environment.containsKey("TRIGGER_UNIT");
    }
}
