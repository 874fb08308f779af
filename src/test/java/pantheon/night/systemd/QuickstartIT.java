package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import pantheon.night.ResultSchema;

/**
 * The page docs/quickstart.md, followed on a really booted systemd by a user who may use sudo. What its line of apt installs
 * is laid out by the README's block; src/test/package.sh follows the same page with the package itself.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // as the page says
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QuickstartIT {
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```text\n(.*?)^```$");

    private Machine machine;
    private String said = "";

    @BeforeAll
    void follow_the_page() throws IOException {
        machine = Machine.boot();
        machine.install();
        machine.ask("""
                systemctl disable --quiet --now pantheon-night.timer
                rm -r /run/pantheon-night-gate # as the package leaves it
                useradd --create-home --shell /bin/bash ann
                sed 's|^sudo apt install .*|sudo pantheon-night --version|' /mnt/docs/quickstart.md >/tmp/page.md
                [ "$(grep -c '^sudo apt' /mnt/docs/quickstart.md)" = 1 ]
                """);
        said = machine.ask("/mnt/src/test/boot/follow /tmp/page.md ann /home/ann 2>&1");
    }

    @AfterAll
    void end_the_machine() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    private Machine.Run setup(String words) {
        return machine.run("pantheon-night setup " + words);
    }

    private String asAnn(String command) {
        return machine.ask("runuser -u ann -- " + command);
    }

    @Test
    void it_ends_with_accepted_work_on_the_reader_s_own_branch() {
        var subjects =
                asAnn("git -C /home/ann/docs log --format=%s main").lines().toList();
        assertEquals(3, subjects.size(), said);
        assertTrue(
                subjects.containsAll(List.of(
                        "docops.front-matter: guide/install.md", "docops.front-matter: guide/upgrade.md", "Two pages")),
                said);
        assertTrue(asAnn("cat /home/ann/docs/guide/install.md").contains("\ntitle: Install\n"), said);
    }

    @Test
    void what_the_page_shows_is_what_is_said() throws IOException {
        var shown = SHOWN.matcher(Files.readString(Machine.CHECKOUT.resolve("docs/quickstart.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertTrue(shown.size() > 20, shown.toString());
        shown.forEach(line -> assertTrue(said.contains(line), () -> line + " in\n" + said));
    }

    @Test
    void a_second_time_nothing_is_missing_and_nothing_changes() {
        var before = state();
        var again = setup("/home/ann/docs"); // and nobody has to agree
        assertEquals(0, again.status(), again.err());
        assertTrue(again.out().startsWith("nothing is missing, so nothing is changed\n"), again.out());
        assertEquals(before, state());
    }

    private String state() {
        return machine.ask("""
                cat /etc/gitconfig /etc/group /home/ann/docs/.git/config
                git -c safe.directory='*' -C /var/lib/pantheon-night/workspace for-each-ref
                systemctl is-enabled pantheon-night.timer
                find /etc /home/ann/docs /var/lib/pantheon-night -newer /tmp/page.md -printf '%p %T@\n' | sort
                """);
    }

    @Test
    void what_is_gone_is_told_and_comes_back_as_far_as_no_command_fails() {
        machine.ask("""
                systemctl disable --quiet --now pantheon-night.timer
                gpasswd --delete ann pantheon-night
                rm -r /run/pantheon-night-gate
                mv /etc/pantheon-night/egress.nft /tmp/
                """);
        var before = groups();
        refused(64, "nobody is here to agree to it, so nothing was done", setup("/home/ann/docs"));
        assertEquals(before, groups());
        var failed = setup("/home/ann/docs --yes");
        assertEquals(73, failed.status(), failed.toString());
        assertTrue(
                failed.err().contains("this ended with 1: systemctl start pantheon-night-gate.service"), failed.err());
        machine.ask("mv /tmp/egress.nft /etc/pantheon-night/");
        var steps = ResultSchema.valid(
                        "setup", setup("/home/ann/docs --yes --json").out())
                .get("steps");
        assertEquals(2, steps.size(), "ann is in the group again: " + steps);
        assertEquals(
                "systemctl enable --now pantheon-night.timer",
                steps.get(1).get("command").stringValue());
    }

    private String groups() {
        return machine.ask("cat /etc/group; systemctl is-enabled pantheon-night.timer || true");
    }

    @Test
    void a_repository_elsewhere_is_opened_to_the_unit() {
        machine.ask("""
                runuser -u ann -- git clone --quiet /home/ann/docs /home/ann/other
                sed 's|^workspace: .*|workspace: /srv/other.git|' /etc/pantheon-night/pantheon-night.yaml >/etc/pantheon-night/other.yaml
                """);
        try {
            var set = setup("/home/ann/other --yes --config /etc/pantheon-night/other.yaml");
            assertEquals(0, set.status(), set.toString());
            var paths = machine.ask("systemctl show --value --property=ReadWritePaths pantheon-night");
            assertTrue(paths.contains("/srv/other.git"), paths);
            assertEquals(asAnn("git -C /home/ann/other rev-parse main"), asAnn("git -C /srv/other.git rev-parse HEAD"));
        } finally {
            machine.ask("rm -r /srv/other.git; pantheon-night setup /home/ann/docs --yes");
        }
    }

    private static void refused(int status, String message, Machine.Run run) {
        assertEquals(status, run.status(), run.toString());
        assertTrue(run.err().contains(message), run.toString());
        assertFalse(run.out().contains("done: "), run.out());
    }

    @Test
    void it_takes_root_a_unit_and_somebody_who_agrees() {
        refused(
                73,
                "which user ann may not; expected root",
                machine.run("runuser -u ann -- pantheon-night setup docs"));
        machine.ask("mv /etc/systemd/system/pantheon-night.service /tmp/");
        try {
            refused(78, "there is no unit pantheon-night.service", setup("/home/ann/docs --yes"));
        } finally {
            machine.ask("mv /tmp/pantheon-night.service /etc/systemd/system/");
        }
    }
}
