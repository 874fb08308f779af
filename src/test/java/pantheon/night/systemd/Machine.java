package pantheon.night.systemd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A throw-away machine with a really booted systemd, which sees this checkout as /mnt; see src/test/boot/machine. */
final class Machine implements AutoCloseable {
    static final Path CHECKOUT = Path.of("").toAbsolutePath();

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    /** The java of this process, as it is seen inside. */
    static final Path JAVA = (JDK.startsWith("/usr") ? JDK : Path.of("/usr/lib/jvm/outside")).resolve("bin/java");

    private final Process process;
    private final String processOne;

    private Machine(Process process, String processOne) {
        this.process = process;
        this.processOne = processOne;
    }

    /** How a command inside ended, with all that it said. */
    record Run(int status, String out, String err) {}

    /** Boots one; it ends with this process, however that ends. */
    static Machine boot() throws IOException {
        var console = CHECKOUT.resolve("target/machine.log");
        var process = new ProcessBuilder(
                        CHECKOUT.resolve("src/test/boot/machine").toString(), CHECKOUT.toString(), JDK.toString())
                .redirectError(console.toFile())
                .start();
        var booted = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (booted == null || !booted.startsWith("pid ")) {
            process.destroy();
            throw new AssertionError("the machine did not boot:\n" + Files.readString(console));
        }
        return new Machine(process, booted.substring("pid ".length()));
    }

    /** Installs the program as the README says: by the first block of commands in its section on that. */
    void install() throws IOException {
        var section = Files.readString(CHECKOUT.resolve("README.md")).split("## Install it\n", 2)[1];
        ask("sudo() { \"$@\"; }; cd /mnt\n" + section.split("```sh\n", 2)[1].split("```", 2)[0]);
    }

    /** Runs a bash script inside, as root. */
    Run run(String script) {
        try {
            var out = Files.createTempFile("machine", ".out");
            var err = Files.createTempFile("machine", ".err");
            var inside = new ProcessBuilder(
                            "nsenter",
                            "--target=" + processOne,
                            "--mount",
                            "--pid",
                            "--uts",
                            "--ipc",
                            "--net",
                            "--cgroup",
                            "--root",
                            "--wd",
                            "bash",
                            "-euc",
                            script)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            inside.getOutputStream().close();
            if (!inside.waitFor(5, TimeUnit.MINUTES)) {
                inside.destroyForcibly();
                throw new AssertionError(script + " did not end");
            }
            var run = new Run(inside.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(script + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(script + " was interrupted", e);
        }
    }

    /** Runs a bash script inside that must succeed; gives what it printed, with no line break at the end. */
    String ask(String script) {
        var run = run(script);
        if (run.status() != 0) {
            throw new AssertionError("%s ended with %d:\n%s%s".formatted(script, run.status(), run.out(), run.err()));
        }
        return run.out().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the machine did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
