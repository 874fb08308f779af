package pantheon.night.cli.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.Git;

/** What setup finds missing, and what is in its way; that its steps do what they say is seen in QuickstartIT. */
final class SetupPlanTest {
    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(folder);

    @BeforeEach
    void commit() throws IOException {
        git = Git.init(folder.resolve("docs")).write("a.md", "# A\n");
        git.commitAll("base");
        Files.writeString(configuration(), """
                workspace: %1$s/workspace
                queue: %1$s/queue
                state: %1$s/state
                log: %1$s/log
                agents: %1$s/agents
                models: {embedded: {path: %2$s}}
                """.formatted(
                        folder, Path.of("src/main/models/docops-front-matter").toAbsolutePath()));
    }

    private Path configuration() {
        return folder.resolve("night.yaml");
    }

    /** The clone has what ships in the places that an installed program has it in. */
    private List<Step> plan(String... agents) {
        var installed = new Installed(Path.of("").toAbsolutePath(), configuration());
        return SetupPlan.of(installed, OwnRepository.at(folder.resolve("docs")), List.of(agents), true);
    }

    private static void refused(ExitCode exitCode, String message, Executable look) {
        var refused = assertThrows(NightException.class, look);
        assertEquals(exitCode, refused.exitCode(), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void each_step_says_what_it_is_good_for_and_has_its_command() {
        var steps = plan().stream().map(step -> step.command().shown()).toList();
        var workspace = folder.resolve("workspace");
        assertTrue(
                steps.contains("install -d -m 2770 -o pantheon-night -g pantheon-night %s/queue".formatted(folder)),
                steps.toString());
        assertTrue(
                steps.contains("git -C %s/docs push --quiet --no-verify %s refs/heads/main:refs/heads/main"
                        .formatted(folder, workspace)),
                steps.toString());
        assertTrue(
                steps.stream().anyMatch(step -> step.contains("nReadWritePaths=%s\\n".formatted(workspace))),
                "it is not where the unit may write: " + steps);
    }

    @Test
    void what_is_no_repository_of_one_s_own_is_told() {
        refused(ExitCode.CONFIG, "is not the top of a git repository", () -> OwnRepository.at(folder));
        git.run("checkout", "-q", "--detach");
        refused(ExitCode.CONFIG, "is on no branch", this::plan);
        Git.init(folder.resolve("empty"));
        refused(ExitCode.CONFIG, "has no commit yet", () -> OwnRepository.at(folder.resolve("empty")));
    }

    @Test
    void what_is_where_the_workspace_should_be_is_told() throws IOException {
        var workspace = Files.createDirectory(folder.resolve("workspace"));
        assertTrue(plan().size() > 3, "an empty folder is in nobody's way");
        Files.writeString(workspace.resolve("x"), "");
        refused(ExitCode.CANT_CREATE, "is there and is no git repository", this::plan);
        Git.init(workspace);
        refused(ExitCode.CANT_CREATE, "has a working tree, so nobody can push onto its branch", this::plan);
    }

    @Test
    void a_remote_that_leads_elsewhere_stays_and_is_told() {
        git.run("remote", "add", "night", "elsewhere");
        refused(ExitCode.CANT_CREATE, "has a remote \"night\" already, elsewhere; expected none", this::plan);
    }

    @Test
    void an_agent_is_one_that_ships_and_has_its_model() throws IOException {
        refused(
                ExitCode.USAGE,
                "there is no agent \"docops.fence\"; expected one of [code.fix, docops.description, docops.fences,",
                () -> plan("docops.fence"));
        refused(
                ExitCode.CONFIG,
                "agent docops.links runs on a model \"big\", which %s does not have".formatted(configuration()),
                () -> plan("docops.links"));
        var config = Files.readString(configuration());
        Files.writeString(configuration(), config.replace("embedded:", "big:"));
        assertTrue(plan("docops.links").stream()
                .anyMatch(step -> step.command().shown().endsWith("docops.links.yaml")));
    }

    private List<Step> team(String url, String branch) {
        var installed = new Installed(Path.of("").toAbsolutePath(), configuration());
        return TeamPlan.of(installed, new TeamRemote(url, branch), List.of(), true);
    }

    @Test
    void a_teams_units_are_for_its_repository_and_branch() {
        var steps = team("git@git.example.org:docs.git", "release/2").stream()
                .map(step -> step.command().shown())
                .toList();
        var workspace = folder.resolve("workspace");
        for (var part : List.of(
                "install -d -m 2770 -o night-sync -g pantheon-night " + workspace,
                "init --quiet --bare --shared=group --initial-branch=release/2",
                "remote add origin git@git.example.org:docs.git",
                "git -C %s fetch origin +refs/heads/release/2:refs/heads/release/2".formatted(workspace),
                "git -C %s push origin refs/heads/night/*".formatted(workspace),
                "OnSuccess=pantheon-night-push.service\\n",
                "nReadWritePaths=%s\\n".formatted(workspace))) {
            assertTrue(steps.stream().anyMatch(step -> step.contains(part)), part + " is not in " + steps);
        }
        assertTrue(steps.stream().noneMatch(step -> step.contains("/srv/docs.git")), steps.toString());
    }

    @Test
    void a_teams_repository_that_fetches_from_elsewhere_stays_and_is_told() {
        var workspace = folder.resolve("workspace").toString();
        git.run("init", "--quiet", "--bare", workspace);
        git.run("-C", workspace, "remote", "add", "origin", "/elsewhere.git");
        refused(
                ExitCode.CANT_CREATE,
                "has the remote \"origin\" already, /elsewhere.git; expected none, or /docs.git",
                () -> team("/docs.git", "main"));
        assertTrue(team("/elsewhere.git", "main").stream()
                .noneMatch(step -> step.command().shown().contains("remote add")));
    }

    @Test
    void what_git_or_a_unit_would_take_for_something_else_is_no_remote_and_no_branch() {
        for (var url : List.of("", "--upload-pack=x", "a b")) {
            refused(ExitCode.USAGE, "--remote is \"%s\"; expected".formatted(url), () -> team(url, "main"));
        }
        for (var branch : List.of("", "-f", "a b", "50%", "a\nb")) {
            refused(ExitCode.USAGE, "--branch is ", () -> team("/docs.git", branch));
        }
        refused(ExitCode.CONFIG, "units have to name it", () -> TeamRemote.requireNameable(Path.of("/srv/a b")));
    }

    @Test
    void a_configuration_that_is_named_has_to_be_there() throws IOException {
        Files.delete(configuration());
        refused(ExitCode.CONFIG, configuration().toString(), this::plan);
    }
}
