package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.local.NativePrograms;

/** A booted machine with the escape suite's targets in it, where all attempts are made once behind each layer. */
final class EscapeRange implements AutoCloseable {
    private static final List<String> PROBE = List.of(
                    "main",
                    "network",
                    "local_sockets",
                    "processes",
                    "others",
                    "kernel",
                    "machine",
                    "files",
                    "metadata",
                    "bounds")
            .stream()
            .map(part -> "escape/%s.c".formatted(part))
            .toList();
    private static final Path BUILT = Machine.CHECKOUT.resolve("target/escape");
    private static final String WORKSPACE = "/var/lib/pantheon-night/escape/workspace";
    private static final String DROP_INS = "/run/systemd/system/pantheon-night.service.d";
    private static final String UNPRIVILEGED =
            "setpriv --reuid=pantheon-night --regid=pantheon-night --clear-groups --inh-caps=+net_raw,+syslog --ambient-caps=+net_raw,+syslog ";
    private static final String JVM = Machine.JAVA
            + " --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
            + " -cp '/usr/lib/pantheon-night/lib/*' /mnt/src/test/boot/Escape.java ";
    private static final String PROGRAM = "/usr/lib/escape/escape ";

    /** The network that another machine would be in, the name server, devices, and what a user has beside. */
    private static final String TARGETS = """
            systemctl --quiet disable --now pantheon-night.timer
            nft delete table inet pantheon_night
            id=$(id -u pantheon-night)
            mkdir -p /usr/lib/escape /run/escape /run/containerd /run/user/$id /dev/net
            cp /mnt/target/escape/* /usr/lib/escape/
            cp /usr/lib/escape/escape /usr/lib/escape/helper
            chmod 4755 /usr/lib/escape/helper
            sysctl --quiet --write net.ipv4.ping_group_range='0 2147483647' net.ipv4.tcp_fastopen=3
            ip link set lo up
            ip netns add far
            ip link add to-far type veth peer name to-near netns far
            ip address add 198.51.100.1/24 dev to-far
            ip -6 address add 2001:db8:1::1/64 dev to-far nodad
            ip link set to-far up
            ip -n far address add 198.51.100.2/24 dev to-near
            ip -n far -6 address add 2001:db8:1::2/64 dev to-near nodad
            ip -n far link set to-near up
            ip netns exec far sysctl --quiet --write net.ipv4.tcp_fastopen=3
            rm -f /etc/resolv.conf
            echo nameserver 127.0.0.1 >/etc/resolv.conf
            [ -e /dev/net/tun ] || mknod -m 666 /dev/net/tun c 10 200
            [ -e /dev/vsock ] || mknod -m 666 /dev/vsock c $(sed -n 's/ vsock$//p' /proc/misc | sed 's/ *\\([0-9]*\\)/10 \\1/') || true

            cd /var/lib/pantheon-night
            mkdir -p escape/workspace escape/readable escape/home/.ssh escape/home/.config/agent escape/home/.config/systemd/user
            git init --quiet escape/home/repository
            touch escape/home/{secret,movable,removable,.bashrc,.gitconfig} escape/readable/file escape/workspace/program
            chmod 600 escape/home/secret
            git init --quiet escape/planted
            cd escape/planted
            git config user.name night
            git config user.email night@example.org
            git config filter.planted.clean 'touch /var/lib/pantheon-night/escape/ran; cat'
            printf '#!/bin/sh\ntouch /var/lib/pantheon-night/escape/ran\n' >.git/hooks/post-commit
            echo '* filter=planted' >.gitattributes
            echo first >file
            git add .
            git commit --quiet --message=first
            chmod 755 .git/hooks/post-commit
            cat >/usr/lib/escape/commit <<'END'
            #!/bin/sh
            cd /var/lib/pantheon-night/escape/planted && date +%N >>file && git commit --quiet --all --message=next
            END
            chmod 755 /usr/lib/escape/commit
            cd ../..
            mkdir -p /var/spool/cron/crontabs
            touch /var/spool/cron/crontabs/pantheon-night
            chown -R pantheon-night: escape /var/spool/cron/crontabs/pantheon-night /run/user/$id

            systemd-run --quiet --unit=far --property=NetworkNamespacePath=/run/netns/far /usr/lib/escape/targets far
            systemd-run --quiet --unit=near /usr/lib/escape/targets near /run/escape/server.sock \\
                /var/lib/pantheon-night/escape/server.sock /run/docker.sock /run/containerd/containerd.sock
            until [ -S /run/escape/passing.sock ]; do sleep 0.05; done
            systemd-run --quiet --unit=victim --uid=pantheon-night --setenv=ESCAPE_SECRET=secret \\
                bash -c 'exec 7<>/dev/tcp/127.0.0.1/7777; exec sleep infinity'
            systemd-run --quiet --unit=resident --uid=pantheon-night unshare --user --net sleep infinity
            systemd-run --quiet --unit=user-manager --uid=pantheon-night --property=Delegate=yes \\
                --setenv=XDG_RUNTIME_DIR=/run/user/$id /lib/systemd/systemd --user
            until [ -S /run/user/$id/systemd/private ]; do sleep 0.05; done
            for process in victim resident; do
                systemctl show --value --property=MainPID $process >escape/workspace/$process
            done
            user="setpriv --reuid=pantheon-night --regid=pantheon-night --clear-groups"
            $user ipcmk --shmem 4096 | grep -o '[0-9]*$' >escape/workspace/segment
            $user ipcmk --semaphore 1 | grep -o '[0-9]*$' >escape/workspace/semaphores
            $user ipcmk --queue | grep -o '[0-9]*$' >escape/workspace/queue
            """;

    private final Machine machine;
    private int expectedCommits = 1;

    private EscapeRange(Machine machine) {
        this.machine = machine;
    }

    static EscapeRange build() throws IOException, InterruptedException {
        Files.createDirectories(BUILT);
        NativePrograms.compile(BUILT.resolve("escape"), List.of(), PROBE);
        NativePrograms.compile(BUILT.resolve("libescape.so"), List.of("-fPIC", "-shared"), PROBE);
        NativePrograms.compile(BUILT.resolve("targets"), List.of(), List.of("escape/targets.c"));
        var range = new EscapeRange(Machine.boot());
        range.machine.install();
        range.machine.ask(TARGETS);
        return range;
    }

    /** All that is tried. */
    List<EscapeTable.Vector> vectors() {
        return machine.ask(PROGRAM + "list")
                .lines()
                .map(EscapeTable.Vector::parse)
                .toList();
    }

    /** Behind each layer, what came of each vector: "open", "stopped …" or "killed …". */
    Map<Layer, Map<String, String>> attempts() {
        var found = new EnumMap<Layer, Map<String, String>>(Layer.class);
        found.put(Layer.NONE, free(probes()));
        found.put(Layer.PROCESS, free(JVM + "jvm confined " + WORKSPACE));
        found.put(Layer.TOOL, free(JVM + "tool free " + WORKSPACE));
        machine.ask("nft --file /etc/pantheon-night/egress.nft");
        found.put(Layer.NFT, free(probes()));
        machine.ask("nft delete table inet pantheon_night");
        found.put(Layer.UNIT, inUnit(probes().replace("; ", "\n").replaceAll("(?m)^", "ExecStart=")));
        found.put(Layer.NIGHT, inUnit("ExecStart=" + JVM + "jvm confined " + WORKSPACE));
        found.put(Layer.ALL, inUnit("ExecStart=" + JVM + "tool confined " + WORKSPACE));
        return found;
    }

    private static String probes() {
        return "%1$stry %2$s; %1$slinger %2$s; %1$soutlive %2$s; %1$sflood %2$s; %1$sbomb %2$s; /usr/lib/escape/commit"
                .formatted(PROGRAM, WORKSPACE);
    }

    /** As the night's user, with a right to raw sockets beside, and with a connection as descriptor 9. */
    private Map<String, String> free(String commands) {
        begin();
        var script = UNPRIVILEGED + commands.replace("; ", "\n" + UNPRIVILEGED);
        machine.ask("cd %s\nexec 9<>/dev/tcp/127.0.0.1/7777\nexec >/tmp/escape.out\n%s".formatted(WORKSPACE, script));
        return results();
    }

    private Map<String, String> inUnit(String execStart) {
        begin();
        machine.ask("""
                mkdir -p %1$s
                cat >%1$s/escape.conf <<'END'
                [Service]
                ExecStart=
                %2$s
                END
                systemctl daemon-reload
                systemctl start pantheon-night || { journalctl --no-pager --lines=20 --unit=pantheon-night >&2; false; }
                """.formatted(DROP_INS, execStart));
        return results();
    }

    private void begin() {
        machine.ask(
                "cd %s; rm -f results ticks* killed-with-its-tool ../ran /tmp/escape /dev/shm/escape; cat victim >program; pkill --signal KILL --exact escape || true"
                        .formatted(WORKSPACE));
    }

    /** What was told, and what only somebody outside sees: what still runs after the end, and where a file came to lie. */
    private Map<String, String> results() {
        var found = new TreeMap<String, String>();
        machine.ask("cat %s/results".formatted(WORKSPACE)).lines().forEach(line -> {
            var words = line.split(" ", 2);
            found.put(words[0], words[1].replace("open -", "open"));
        });
        found.put("linger", grows("ticks") ? "open" : "stopped after the end");
        found.put("outlive", grows("ticks-killed") ? "open" : "stopped with the program");
        var seen = machine.ask("ls /tmp/escape /dev/shm/escape 2>/dev/null || true");
        Map.of("tmp", "/tmp/escape", "dev_shm", "/dev/shm/escape").forEach((vector, file) -> {
            if (!seen.contains(file)) {
                found.replace(vector, "open", "stopped in a place of its own");
            }
        });
        var commits = Integer.parseInt(
                machine.ask("git -c safe.directory='*' -C %s/../planted rev-list --all --count".formatted(WORKSPACE)));
        assertEquals(++expectedCommits, commits, "commits in the planted repository");
        found.put(
                "planted", machine.run("test -e %s/../ran".formatted(WORKSPACE)).status() == 0 ? "open" : "stopped");
        found.putIfAbsent("flood", "stopped by its watcher");
        found.putIfAbsent("bomb", "stopped by its watcher");
        return found;
    }

    private boolean grows(String file) {
        var size = "stat --format=%s " + WORKSPACE + "/" + file;
        return !machine.ask("a=$(%1$s); sleep 0.6; b=$(%1$s); [ $a = $b ] || echo grown".formatted(size))
                .isEmpty();
    }

    @Override
    public void close() throws IOException {
        machine.close();
    }
}
