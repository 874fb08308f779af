package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** The program as the README installs it, on a really booted systemd: the timer's night, and nights that must not be. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // not a measure, only an end for what would never end
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BootedSystemdIT {
    private static final String PROGRAM = "/usr/lib/pantheon-night/bin/pantheon-night";
    private static final String RULE = "/etc/pantheon-night/egress.nft";
    private static final String DROP_INS = "/etc/systemd/system/pantheon-night.service.d";
    private static final Pattern PROGRESS =
            Pattern.compile("[1-9]\\d*/45 tasks, \\d+ accepted, ends about \\d\\d:\\d\\d");
    private static final String SAMPLE = """
            /usr/lib/pantheon-night/bin/pantheon-night demo /tmp/sample --dry-run
            mv /tmp/sample/workspace /var/lib/pantheon-night/
            cp /tmp/sample/queue/*.jsonl /var/lib/pantheon-night/queue/
            cp /tmp/sample/agents/*.yaml /etc/pantheon-night/agents/ # the rules that the sample was written for
            chown -R pantheon-night: /var/lib/pantheon-night/workspace
            sed -i '/^  from: /d' /etc/pantheon-night/pantheon-night.yaml # this timer fires at any hour
            grep -q '^  until: ' /etc/pantheon-night/pantheon-night.yaml
            cp %1$s /tmp/rule
            mkdir -p -m 700 /etc/credstore
            /usr/lib/pantheon-night/bin/pantheon-night keygen /etc/credstore/pantheon-night.key
            """.formatted(RULE);
    private static final String SOON = """
            mkdir /etc/systemd/system/pantheon-night.timer.d
            printf '[Timer]\\nOnCalendar=\\nOnActiveSec=1s\\nAccuracySec=50ms\\n' \\
                >/etc/systemd/system/pantheon-night.timer.d/soon.conf
            systemctl daemon-reload
            systemctl restart pantheon-night.timer
            """;

    /** Whose the server's socket is, what its network has, and who can connect: nobody, and then one of its group. */
    private static final String LOOK = """
            server=$(systemctl show --value --property=MainPID llama-server)
            [ "$(readlink /proc/$server/ns/net)" != "$(readlink /proc/1/ns/net)" ] && echo yes
            stat --format='%U %G %a' /run/llama-server/server.sock
            nsenter --target "$server" --net ip -oneline link | cut -d: -f2 | tr -d ' '
            connect='
            import socket
            try:
                socket.socket(socket.AF_UNIX).connect("/run/llama-server/server.sock")
                print("connected")
            except OSError as refused:
                print(type(refused).__name__)
            '
            setpriv --reuid=nobody --regid=nogroup --clear-groups /usr/bin/python3 -c "$connect"
            setpriv --reuid=nobody --regid=nogroup --groups=llama-server /usr/bin/python3 -c "$connect"
            """;

    private Machine machine;
    private final Set<String> statusLines = new LinkedHashSet<>();
    private String result = "";

    @BeforeAll
    void install_and_let_the_timer_fire() throws Exception {
        machine = Machine.boot();
        machine.install();
        machine.ask(SAMPLE);
        machine.ask(SOON);
        do {
            Thread.sleep(200);
            statusLines.add(show("pantheon-night", "StatusText"));
        } while (!ended());
        result = show("pantheon-night", "Result");
    }

    @AfterAll
    void end_the_machine() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    private boolean ended() {
        return !show("pantheon-night", "ExecMainStartTimestamp").isEmpty()
                && Set.of("inactive", "failed").contains(show("pantheon-night", "ActiveState"));
    }

    private String show(String unit, String property) {
        return machine.ask("systemctl show --value --property=%s %s".formatted(property, unit));
    }

    private String said(String unit) {
        return machine.ask("journalctl --sync; journalctl --no-pager --output=cat --unit=" + unit);
    }

    private String alarms() {
        return machine.ask(
                "journalctl --no-pager --output=cat --priority=crit --identifier=pantheon-night-failure || true");
    }

    private List<String> journals() {
        return machine.ask("cd /var/log/pantheon-night && ls *.jsonl").lines().toList();
    }

    @Test
    void the_timers_night_ends_well_and_shows_how_far_it_is() {
        assertEquals("success", result, said("pantheon-night"));
        assertTrue(statusLines.stream().anyMatch(PROGRESS.asMatchPredicate()), statusLines.toString());
        assertTrue(said("pantheon-night").contains("45 tasks in "), said("pantheon-night"));
        var noticed = machine.ask("journalctl --no-pager --output=cat --unit=pantheon-night --priority=notice");
        assertTrue(noticed.contains("  not_accepted  "), noticed);
        assertFalse(noticed.contains("  accepted  "), noticed);
        assertTrue(said("pantheon-night-gate").contains("is denied tcp4,udp4,tcp6,udp6, counted by the rule"));
    }

    @Test
    void all_that_it_wrote_belongs_to_its_user() {
        var uid = machine.ask("id -u pantheon-night");
        assertNotEquals("0", uid);
        var uids = new HashSet<String>();
        machine.ask(
                        "journalctl --no-pager --output=json --identifier=pantheon-night _SYSTEMD_UNIT=pantheon-night.service")
                .lines()
                .forEach(line -> uids.add(Json.parse(line).path("_UID").asString()));
        assertEquals(Set.of(uid), uids);
        var written = "find /var/lib/pantheon-night/state /var/log/pantheon-night /var/lib/pantheon-night/workspace";
        assertEquals("", machine.ask(written + " ! -user pantheon-night"));
        assertFalse(machine.ask(written + " -name diff.patch").isEmpty());
    }

    @Test
    void its_journal_tells_of_every_task_and_its_branch_holds_the_work(@TempDir Path folder) throws IOException {
        var first = journals().getFirst();
        var copy = folder.resolve(first);
        Files.writeString(copy, machine.ask("cat /var/log/pantheon-night/" + first) + "\n");
        var finished = new ArrayList<String>();
        JournalReader.read(copy, entry -> {
            if (EventType.of(entry.event()) == EventType.TASK_FINISHED) {
                finished.add(EventCodec.data(entry.event())
                        .path("night.finish_reason")
                        .asString());
            }
        });
        assertEquals(45, finished.size());
        var commits = machine.ask("git -c safe.directory='*' -C /var/lib/pantheon-night/workspace"
                + " rev-list --count HEAD..night/" + first.replace(".jsonl", ""));
        assertEquals(finished.stream().filter("accepted"::equals).count(), Long.parseLong(commits));
    }

    @Test
    void it_is_signed_with_the_key_that_systemd_hands_over() {
        machine.ask(
                "git config --system --add safe.directory /var/lib/pantheon-night/workspace"); // root is not its owner
        var verified = machine.run("/usr/lib/pantheon-night/bin/pantheon-night verify %s --key %s"
                .formatted(journals().getFirst().replace(".jsonl", ""), "/etc/credstore/pantheon-night.key.pub"));
        assertEquals(0, verified.status(), verified.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            names another user         | s/"pantheon-night"/"daemon"/            | user pantheon-night reached 127.0.0.1 over tcp
            accepts                    | s/reject.*//                            | user pantheon-night reached 127.0.0.1 over tcp
            forgets UDP                | /icmpx/d                                | user pantheon-night reached 127.0.0.1 over udp
            forgets IPv6               | s/meta sk/meta nfproto ipv4 meta sk/    | user pantheon-night reached [::1] over tcp
            does not count             | s/counter name "denied"//               | counted no packet of user pantheon-night
            denies everybody           | s/meta sk.id "pantheon-night"//         | user nobody cannot reach 127.0.0.1 over tcp either
            makes no table             | /^/d                                    | did not make the table inet pantheon_night anew
            is no rule                 | s/^/no rule /                           | cannot be loaded
            """)
    void no_night_starts_behind_a_rule_that(String defect, String edit, String message) {
        refusedByTheGate("sed -i '%s' %s".formatted(edit, RULE), "cp /tmp/rule " + RULE, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            cannot load a rule         | mount --bind /dev/null /usr/sbin/nft    | umount /usr/sbin/nft | cannot be loaded
            has a network of its own   | D=/etc/systemd/system/pantheon-night-gate.service.d; mkdir $D; printf '[Service]\\nPrivateNetwork=yes\\n' >$D/x.conf; systemctl daemon-reload | rm -r /etc/systemd/system/pantheon-night-gate.service.d; systemctl daemon-reload | a network of its own
            """)
    void no_night_starts_behind_a_gate_that(String defect, String breakIt, String mendIt, String message) {
        refusedByTheGate(breakIt, mendIt, message);
    }

    @Test
    void no_night_starts_without_a_gate() {
        machine.ask("mv /etc/systemd/system/pantheon-night-gate.service /tmp/; systemctl daemon-reload");
        try {
            assertEquals("", refused());
        } finally {
            machine.ask("mv /tmp/pantheon-night-gate.service /etc/systemd/system/; systemctl daemon-reload");
        }
        assertEquals("", started());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            private_network | PrivateNetwork=no
            gate            | BindReadOnlyPaths=
            no_capabilities | CapabilityBoundingSet=CAP_NET_RAW;AmbientCapabilities=CAP_NET_RAW
            """)
    void no_night_begins_in_a_unit_without_its(String evidence, String directives) {
        var journals = journals();
        machine.ask("""
                mkdir %1$s
                printf '[Service]\n%2$s\n' >%1$s/weaker.conf
                systemctl daemon-reload
                """.formatted(DROP_INS, directives.replace(";", "\\n")));
        var before = said("pantheon-night");
        try {
            assertNotEquals(0, machine.run("systemctl start pantheon-night").status());
        } finally {
            machine.ask("rm -r %s; systemctl daemon-reload".formatted(DROP_INS));
        }
        assertEquals("77", show("pantheon-night", "ExecMainStatus"), said("pantheon-night"));
        assertEquals("0", show("pantheon-night-gate", "ExecMainStatus"));
        var said = said("pantheon-night").substring(before.length());
        assertTrue(said.contains(evidence + ": found "), said);
        assertEquals(journals, journals());
    }

    private void refusedByTheGate(String breakIt, String mendIt, String message) {
        machine.ask(breakIt);
        int alarms = alarms().length();
        String said;
        try {
            said = refused();
        } finally {
            machine.ask(mendIt);
        }
        assertTrue(said.contains(message), said);
        assertEquals("77", show("pantheon-night-gate", "ExecMainStatus"));
        assertEquals("no", machine.ask("[ -e /run/pantheon-night-gate/proof.json ] && echo yes || echo no"));
        awaitAlarm(alarms, "pantheon-night-gate.service failed: result exit-code, exit status 77");
        awaitAlarm(alarms, "pantheon-night.service failed: it was not started");
        machine.ask("systemctl start pantheon-night-gate");
    }

    /** The units that raise alarms are started when the others have failed. */
    private void awaitAlarm(int from, String alarm) {
        for (var tries = 0; tries < 100 && !alarms().substring(from).contains(alarm); tries++) {
            machine.ask("sleep 0.1");
        }
        assertTrue(alarms().substring(from).contains(alarm), alarms().substring(from));
    }

    /** Starts the night, which must not come to run; gives what the gate said meanwhile. */
    private String refused() {
        var before = show("pantheon-night", "ExecMainStartTimestampMonotonic");
        var saidBefore = said("pantheon-night-gate");
        assertNotEquals(0, machine.run("systemctl start pantheon-night").status());
        assertEquals(before, show("pantheon-night", "ExecMainStartTimestampMonotonic"));
        return said("pantheon-night-gate").substring(saidBefore.length());
    }

    /** Starts the night, which must come to run and to end well; gives what is wrong. */
    private String started() {
        var before = show("pantheon-night", "ExecMainStartTimestampMonotonic");
        var run = machine.run("systemctl start pantheon-night");
        return run.status() == 0 && !before.equals(show("pantheon-night", "ExecMainStartTimestampMonotonic"))
                ? ""
                : run + said("pantheon-night");
    }

    @Test
    void a_stopped_night_ends_well_and_no_alarm_is_raised() throws InterruptedException {
        var alarms = alarms();
        machine.ask("""
                cd /var/lib/pantheon-night/queue
                for i in 1 2 3 4 5; do sed "s/\\"id\\": *\\"/&again-$i-/" front-matter.jsonl; done >again.jsonl
                systemctl start --no-block pantheon-night
                """);
        try {
            String status;
            do {
                Thread.sleep(50);
                status = show("pantheon-night", "StatusText");
            } while (!status.matches("[1-9]\\d*/195 tasks.*"));
            machine.ask("systemctl stop pantheon-night");
        } finally {
            machine.ask("rm /var/lib/pantheon-night/queue/again.jsonl");
        }
        assertEquals("75", show("pantheon-night", "ExecMainStatus"), said("pantheon-night"));
        assertEquals("success", show("pantheon-night", "Result"));
        assertEquals(alarms, alarms());
        var events = machine.ask("cat /var/log/pantheon-night/" + journals().getLast());
        assertTrue(events.contains("night.pantheon.night.finished.v1"), events);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unix-server | /run/model-server/server.sock | [ -S /run/model-server/server.sock ] | /run/model-server/server.sock
            tcp-server  | 127.0.0.1:8000                | grep -q :1F40 /proc/net/tcp          | /run/pantheon-night-proxy/model-server.sock
            """)
    void a_model_server_is_seen_only_through_the_drop_in(String dropIn, String listen, String ready, String socket) {
        machine.ask("""
                mkdir -p /etc/sysusers.d
                echo 'u model-server -' >/etc/sysusers.d/model-server.conf
                systemd-sysusers
                cat >/etc/systemd/system/model-server.service <<END
                [Service]
                Type=exec
                User=model-server
                PrivateNetwork=yes
                RuntimeDirectory=model-server
                ExecStart=/usr/bin/systemd-socket-activate --accept --inetd --listen=%s /bin/echo answered by %s
                ExecStartPost=/bin/sh -c "until %s; do sleep 0.05; done; chmod --quiet g+w /run/model-server/* || true"
                END
                systemctl daemon-reload
                systemctl restart model-server
                """.formatted(listen, dropIn, ready));
        execInstead("java /mnt/src/test/boot/Ask.java " + socket);
        try {
            assertNotEquals(0, machine.run("systemctl start pantheon-night").status());
            assertTrue(said("pantheon-night").contains("SocketException: No such file or directory"));
            machine.ask("cp /mnt/systemd/drop-ins/%s.conf %s; systemctl daemon-reload".formatted(dropIn, DROP_INS));
            assertFalse(said("pantheon-night").contains("answered by " + dropIn));
            assertEquals("", started());
            assertTrue(said("pantheon-night").contains("answered by " + dropIn));
        } finally {
            machine.ask("rm -r %s; systemctl daemon-reload; systemctl stop model-server".formatted(DROP_INS));
        }
    }

    /** The example unit as it is; its program is the server in PyPI's xllamacpp, behind the options that the unit gives. */
    @Test
    void a_nights_turns_come_from_llama_cpp_in_its_example_unit() throws InterruptedException {
        setUpLlamaServer();
        try {
            var before = show("pantheon-night", "ExecMainStartTimestampMonotonic");
            machine.ask("systemctl start --no-block pantheon-night");
            awaitIn(
                    "llama-server",
                    () -> machine.run("[ -S /run/llama-server/server.sock ]").status() == 0);
            assertEquals("yes\nllama-server llama-server 770\nlo\nPermissionError\nconnected", machine.ask(LOOK));
            awaitIn(
                    "pantheon-night",
                    () -> !show("pantheon-night", "ExecMainStartTimestampMonotonic")
                                    .equals(before)
                            && ended());
            awaitIn("llama-server", () -> show("llama-server", "ActiveState").equals("inactive"));
            assertEquals("success", show("pantheon-night", "Result"), said("pantheon-night"));
            var events = machine.ask("cat /var/log/pantheon-night/" + journals().getLast());
            assertTrue(events.contains("\"server\":\"llama.cpp "), events);
            assertTrue(events.contains("night.pantheon.generation.received.v1"), events);
            assertFalse(events.contains("night.pantheon.call.rejected.v1"), events);
            assertFalse(events.contains("engine_lost"), events);
        } finally {
            machine.ask("""
                    systemctl stop pantheon-night llama-server
                    cp /tmp/before.yaml /etc/pantheon-night/pantheon-night.yaml
                    rm -r %s /var/lib/pantheon-night/queue/llama.jsonl /etc/pantheon-night/agents/bench.status0.yaml
                    systemctl daemon-reload
                    """.formatted(DROP_INS));
        }
    }

    private void setUpLlamaServer() {
        machine.ask("""
                cat >/usr/bin/llama-server <<'END'
                #!/bin/sh
                # --host SOCKET -m MODEL -c CONTEXT -np SLOTS
                exec /usr/bin/python3 /mnt/src/test/resources/llama_server.py /mnt/target/judges "$2" "$4" "$8" "$6"
                END
                chmod 755 /usr/bin/llama-server
                mkdir -p /etc/sysusers.d /var/lib/models %1$s
                ln -s /mnt/target/models/SmolLM2-135M-Instruct.Q4_1.gguf /var/lib/models/model.gguf
                cp /mnt/systemd/examples/model-servers.sysusers.conf /etc/sysusers.d/
                systemd-sysusers
                cp /mnt/systemd/examples/llama-server.service /etc/systemd/system/
                sed s/model-server/llama-server/g /mnt/systemd/drop-ins/unix-server.conf >%1$s/unix-server.conf
                cp /etc/pantheon-night/pantheon-night.yaml /tmp/before.yaml
                sed -i 's|^models:|&\\n  smollm2:\\n    engine: server\\n    socket: /run/llama-server/server.sock\\n    format: hermes|' \
                    /etc/pantheon-night/pantheon-night.yaml
                cd /mnt
                . src/bench/llama-night.sh
                agents /etc/pantheon-night/agents 1 0
                echo '{"id": "by-llama", "agent": "bench.status0", "input": {"path": "adr/0001-one-binary.md"}}' \
                    >/var/lib/pantheon-night/queue/llama.jsonl
                systemctl daemon-reload
                """.formatted(DROP_INS));
    }

    private void awaitIn(String unit, BooleanSupplier done) throws InterruptedException {
        for (int tries = 0; tries < 600 && !done.getAsBoolean(); tries++) {
            Thread.sleep(100);
        }
        assertTrue(done.getAsBoolean(), () -> said(unit));
    }

    @Test
    void a_tool_runs_confined_under_the_unit_and_nothing_of_it_is_left() {
        execInstead(
                "java --enable-native-access=ALL-UNNAMED -cp '/usr/lib/pantheon-night/lib/*'"
                        + " /mnt/src/test/boot/RunTool.java \"setsid sleep 300 & echo a tool wrote >file; cat file; cat /etc/machine-id\"");
        try {
            assertEquals("", started());
            var said = said("pantheon-night");
            assertTrue(said.contains("output=a tool wrote\n"), said);
            assertTrue(said.contains("cat: /etc/machine-id: Permission denied"), said);
            assertTrue(said.contains("gone=true"), said);
        } finally {
            machine.ask("rm -r %s; systemctl daemon-reload".formatted(DROP_INS));
        }
    }

    /** Has the runner's unit start another program. */
    private void execInstead(String javaProgram) {
        machine.ask("""
                mkdir -p %s
                cat >%1$s/exec.conf <<'END'
                [Service]
                ExecStart=
                ExecStart=%s
                END
                systemctl daemon-reload
                """.formatted(DROP_INS, javaProgram.replaceFirst("java", Machine.JAVA.toString())));
    }

    /** By the commands of docs/team.md; the remote is a repository beside the shared one. */
    @Test
    void a_teams_repository_is_fetched_before_the_night_and_pushed_after_it_and_news_is_told() throws Exception {
        machine.ask(
                """
                runuser -u pantheon-night -- git clone --quiet --bare /var/lib/pantheon-night/workspace /tmp/remote.git
                mv /tmp/remote.git /srv/remote.git
                printf '#!/bin/sh\ncat >news.json\n' >/etc/pantheon-night/news
                chmod 755 /etc/pantheon-night/news
                cp /etc/pantheon-night/pantheon-night.yaml /tmp/before.yaml
                sed -i 's|^workspace: .*|workspace: /srv/docs.git|' /etc/pantheon-night/pantheon-night.yaml
                sudo() { "$@"; }
                %s
                [ "$(pantheon-night setup --remote /srv/remote.git --no-timer | sed -n 1p)" = "nothing is missing, so nothing is changed" ]
                chown -R night-sync: /srv/remote.git
                mkdir /etc/systemd/system/pantheon-night-push.service.d
                printf '[Service]\nReadWritePaths=/srv/remote.git\n' >/etc/systemd/system/pantheon-night-push.service.d/here.conf
                printf '[Service]\nWorkingDirectory=/var/lib/night-sync\n' | install -D /dev/stdin /etc/systemd/system/pantheon-night-news.service.d/here.conf
                head -n 2 /var/lib/pantheon-night/queue/front-matter.jsonl | sed 's/"id": *"/&team-/' >/var/lib/pantheon-night/queue/team.jsonl
                systemctl daemon-reload
                """.formatted(teamSetUp().replace("REMOTE", "/srv/remote.git").replace("--yes", "--yes --no-timer")));
        try {
            assertEquals("", started());
            var news = Json.parse(awaitNews());
            var branch = "night/" + news.get("run").stringValue();
            assertEquals(2, news.get("tasks").intValue(), news.toString());
            var pushed = "git -c safe.directory='*' -C /srv/remote.git rev-list --count main.." + branch;
            assertEquals(
                    news.get("accepted").intValue(),
                    Integer.parseInt(machine.ask(pushed)),
                    said("pantheon-night-push"));
        } finally {
            machine.ask("""
                    cp /tmp/before.yaml /etc/pantheon-night/pantheon-night.yaml
                    rm -r /var/lib/pantheon-night/queue/team.jsonl %s
                    systemctl daemon-reload
                    """.formatted(DROP_INS));
        }
    }

    /** What is of a unit alone: its name, when it ran, how it is started and what it came to. */
    private static final Pattern OF_ONE_UNIT = Pattern.compile(
            "(Id|Names|Description|Documentation|Fragment|DropIn|Source|Transient|Unit|Active|Inactive|SubState|State|Status"
                    + "|Condition|Assert|Job|Invocation|Exec|Main|Control|NRestarts|Restart|Result|Clean|Reload|Success|Type"
                    + "|NotifyAccess|Can|Freezer|CPUUsage|Memory(Current|Peak|Available)|TasksCurrent|IO(Read|Write)|IPIngress|IPEgress"
                    + "|On|Triggered|Perpetual|Collect|Start|Timeout|UID|GID|WantedBy|Before|After|RequiredBy|Effective"
                    + "|Standard|Remain|Need|LogsDirectorySymlink|Consists|Stop|FileDescriptor|Watchdog|Refuse).*=.*");

    private static final String SHOWN = """
            cd /tmp
            unset TERM
            %s doctor --in-unit >said 2>&1 & doctor=$!
            until unit=$(systemctl list-units --plain --no-legend 'pantheon-night-in-unit-*' | cut -d' ' -f1) && [ "$unit" ]
            do sleep 0.05; done
            systemctl show "$unit"
            wait $doctor || { cat said; exit 1; }
            """.formatted(PROGRAM);

    @Test
    void a_command_runs_as_the_unit_runs_the_night_where_that_is_asked_for() {
        machine.ask("systemctl reset-failed");
        var asCommand = lines(machine.ask(SHOWN));
        var said = machine.ask("cat /tmp/said");
        assertTrue(said.contains("ok      egress: "), said);
        assertTrue(said.contains("ok      model docops-front-matter: "), said);
        assertTrue(said.contains("ok      signing: signed by "), said);
        assertFalse(said.contains("unasked"), said);
        var asNight = lines(machine.ask("systemctl show pantheon-night"));
        assertTrue(asNight.contains("PrivateNetwork= yes"), asNight.toString());
        asNight.removeIf(asCommand::contains);
        assertEquals(List.of(), asNight);
        var replayed = machine.run(
                PROGRAM + " replay --in-unit " + journals().getFirst().replace(".jsonl", ""));
        assertEquals(0, replayed.status(), replayed.toString());
        assertTrue(replayed.out().startsWith("45 tasks replayed, 45 of them exactly"), replayed.toString());
        assertEquals(64, machine.run(PROGRAM + " model bench --in-unit none").status());
        var tried = machine.run(PROGRAM + " try docops.front-matter docs/install.md --in-unit");
        assertEquals(0, tried.status(), tried.toString());
        assertEquals(
                64,
                machine.run(PROGRAM + " try mine.yaml docs/install.md --in-unit")
                        .status());
    }

    private static List<String> lines(String properties) {
        return properties
                .lines()
                .filter(line -> !OF_ONE_UNIT.matcher(line).matches())
                .map(line -> Stream.of(line.replaceFirst("=", "= ").split(" ", -1))
                        .sorted()
                        .collect(Collectors.joining(" "))) // lists of units and paths have no order of their own
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void outside_of_the_unit_what_it_alone_has_is_not_asked_and_no_model_is_loaded() {
        var doctor = machine.run(PROGRAM + " doctor");
        assertEquals(0, doctor.status(), doctor.toString());
        assertTrue(doctor.out().contains("unasked egress: not asked here, outside of the night's unit"), doctor.out());
        assertTrue(doctor.out().contains("unasked model docops-front-matter: "), doctor.out());
        assertTrue(doctor.out().contains("to ask all of it: sudo pantheon-night doctor --in-unit"), doctor.out());
        var bench = machine.run(PROGRAM + " model bench docops-front-matter");
        assertEquals(77, bench.status(), bench.toString());
        assertTrue(bench.err().contains("as root, --in-unit runs this command there"), bench.err());
        assertEquals("", machine.ask("ls /var/lib/pantheon-night/state/speed 2>/dev/null || true"));
    }

    private static String teamSetUp() throws IOException {
        var block =
                Files.readString(Path.of("docs/team.md")).split("```sh\n", 2)[1].split("```", 2)[0];
        assertTrue(block.contains("REMOTE"), block);
        return block;
    }

    private String awaitNews() throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            var news = machine.ask("cat /var/lib/night-sync/news.json 2>/dev/null || true");
            if (!news.isEmpty() && show("pantheon-night-push", "ActiveState").equals("inactive")) {
                return news;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(said("pantheon-night-news") + said("pantheon-night-push"));
    }

    @Test
    void systemd_finds_nothing_wrong_with_the_units() {
        var units = "pantheon-night.service pantheon-night.timer pantheon-night-gate.service"
                + " pantheon-night-failure@x.service pantheon-night-proxy@x.socket";
        var verified = machine.run("cd /etc/systemd/system; systemd-analyze verify --man=no " + units);
        assertEquals(new Machine.Run(0, "", ""), verified);
        var mistaken = machine.run("""
                sed 's/^PrivateNetwork/PrivateNetworks/' /etc/systemd/system/pantheon-night.service >/tmp/mistaken.service
                systemd-analyze verify --man=no /tmp/mistaken.service
                """);
        assertTrue(mistaken.err().contains("PrivateNetworks"), mistaken.toString());
    }

    @Test
    void the_runners_exposure_is_small_and_what_is_left_off_is_explained() throws IOException {
        var table = machine.ask(
                "systemd-analyze security --offline=yes --no-pager" + " /etc/systemd/system/pantheon-night.service");
        var score = Pattern.compile("exposure level for pantheon-night.service: ([0-9.]+)")
                .matcher(table);
        assertTrue(score.find(), table);
        assertTrue(Double.parseDouble(score.group(1)) <= 0.3, table);
        var docs = Files.readString(Path.of("docs/security.md"));
        var left = Pattern.compile("(?m)^✗ (\\w+=)")
                .matcher(table)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertFalse(left.isEmpty(), table);
        left.forEach(directive -> assertTrue(docs.contains("`" + directive), directive + " is not explained"));
    }
}
