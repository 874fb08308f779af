package pantheon.night.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A real headless Chromium with one tab, driven over two named pipes by its DevTools protocol; no network is needed. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final RandomAccessFile in;
    private final RandomAccessFile out;
    private final List<JsonNode> events = new ArrayList<>();
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final Path profile;
    private String session = "";
    private int lastId;
    private boolean scripts = true;

    /** @param folder for its profile, its pipes, and what it says */
    Chromium(Path folder) throws IOException, InterruptedException {
        profile = folder.resolve("chromium");
        Files.createDirectories(profile);
        var toBrowser = profile.resolve("in");
        var fromBrowser = profile.resolve("out");
        var made = new ProcessBuilder("mkfifo", toBrowser.toString(), fromBrowser.toString()).start();
        if (made.waitFor() != 0) {
            throw new IOException("mkfifo failed");
        }
        in = new RandomAccessFile(toBrowser.toFile(), "rw"); // does not wait for the other end
        out = new RandomAccessFile(fromBrowser.toFile(), "rw");
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                                + " --disable-background-networking --disable-component-update --disable-sync"
                                + " --disable-dev-shm-usage --remote-debugging-pipe \"--log-net-log=$1/net.json\""
                                + " \"--user-data-dir=$1/profile\" about:blank 3<\"$1/in\" 4>\"$1/out\"",
                        "chromium",
                        profile.toString())
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("said.txt").toFile())
                .start();
        Thread.ofPlatform().daemon().name("chromium").start(this::listen);
        var target = command("Target.createTarget", Json.object().put("url", "about:blank"));
        session = command(
                        "Target.attachToTarget",
                        Json.object()
                                .put("targetId", target.get("targetId").stringValue())
                                .put("flatten", true))
                .get("sessionId")
                .stringValue();
        for (var domain : List.of("Page", "Runtime", "Network", "Log")) {
            command(domain + ".enable", Json.object());
        }
        command("Page.setLifecycleEventsEnabled", Json.object().put("enabled", true));
    }

    /** Sends a command and gives its result; events that come before it are kept. */
    JsonNode command(String method, ObjectNode parameters) {
        int id = ++lastId;
        var message = Json.object().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        try {
            in.write((Json.MAPPER.writeValueAsString(message) + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var answer = next(one -> one.path("id").asInt(0) == id);
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** Opens a page and waits until it is loaded; gives how long that took. */
    Duration open(String address) {
        events.clear();
        long start = System.nanoTime();
        command("Page.navigate", Json.object().put("url", address));
        if (events.stream().noneMatch(Chromium::isLoad)) {
            next(Chromium::isLoad);
        }
        if (scripts) {
            evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean isLoad(JsonNode message) {
        return message.path("method").asString("").equals("Page.loadEventFired");
    }

    /** What an expression comes to in the page; a promise is waited for. */
    JsonNode evaluate(String expression) {
        var result = command(
                "Runtime.evaluate",
                Json.object()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(result.get("exceptionDetails").toString());
        }
        return result.get("result").path("value");
    }

    /** Lets pages run their scripts, or not; those of {@link #evaluate} run in any case. */
    void scripts(boolean run) {
        command("Emulation.setScriptExecutionDisabled", Json.object().put("value", !run));
        scripts = run;
    }

    /** Shows the page in this theme, {@code light} or {@code dark}. */
    void theme(String theme) {
        media("", theme);
    }

    /** Shows the page as in {@code print}, or as it is; nothing moves slowly. */
    void media(String media, String theme) {
        var parameters = Json.object().put("media", media);
        var features = parameters.putArray("features");
        features.addObject().put("name", "prefers-color-scheme").put("value", theme);
        features.addObject().put("name", "prefers-reduced-motion").put("value", "reduce");
        command("Emulation.setEmulatedMedia", parameters);
    }

    /** The events of this kind since the page was opened. */
    List<JsonNode> events(String method) {
        return events.stream()
                .filter(event -> event.path("method").asString("").equals(method))
                .map(event -> event.get("params"))
                .toList();
    }

    /** Everything that the page asked for since it was opened, itself included. */
    List<String> requests() {
        return events("Network.requestWillBeSent").stream()
                .map(event -> event.get("request").get("url").stringValue())
                .toList();
    }

    /** Everything that went to the console, exceptions and broken policies included. */
    List<String> console() {
        var said = new ArrayList<String>();
        for (var method : List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")) {
            events(method).forEach(event -> said.add(event.toString()));
        }
        return said;
    }

    /** How long the page's main thread has been at work; {@code Performance} is enabled with thread ticks. */
    double processorSeconds() {
        for (var metric : command("Performance.getMetrics", Json.object()).get("metrics")) {
            if (metric.get("name").stringValue().equals("TaskDuration")) {
                return metric.get("value").doubleValue();
            }
        }
        throw new AssertionError("Chromium has no TaskDuration");
    }

    /** Presses and lets go of a key, by its name in {@code KeyboardEvent.key}. */
    void press(String key) {
        var named = Map.of("Tab", 9, "Enter", 13, " ", 32);
        var event = Json.object()
                .put("key", key)
                .put("code", key.equals(" ") ? "Space" : key)
                .put("windowsVirtualKeyCode", named.get(key));
        var text = key.equals("Enter") ? "\r" : key;
        command(
                "Input.dispatchKeyEvent",
                key.equals("Tab")
                        ? event.deepCopy().put("type", "rawKeyDown")
                        : event.deepCopy().put("type", "keyDown").put("text", text));
        command("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    /** The page as PDF on A4 paper, with its backgrounds where it asks for them. */
    byte[] print() {
        var pdf = command(
                "Page.printToPDF",
                Json.object().put("paperWidth", 8.27).put("paperHeight", 11.69).put("preferCSSPageSize", true));
        return Base64.getDecoder().decode(pdf.get("data").stringValue());
    }

    /** The whole page as a picture. */
    byte[] picture(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Json.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        evaluate("new Promise(done => setTimeout(done, 400))"); // the charts follow
        var picture = command("Page.captureScreenshot", Json.object().put("format", "png"));
        return Base64.getDecoder().decode(picture.get("data").stringValue());
    }

    private JsonNode next(Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var message = read(end);
            if (wanted.test(message)) {
                return message;
            }
            events.add(message);
        }
        throw new AssertionError("Chromium does not answer; it said " + said());
    }

    private JsonNode read(long end) {
        try {
            JsonNode message = null;
            while (message == null) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("Chromium does not answer; it said " + said());
                }
                message = messages.poll(100, TimeUnit.MILLISECONDS);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Takes what Chromium sends, until the pipe is closed; a message ends with a zero byte. */
    private void listen() {
        var message = new ByteArrayOutputStream();
        try (var stream = new BufferedInputStream(new FileInputStream(out.getFD()))) {
            for (int b = stream.read(); b >= 0; b = stream.read()) {
                if (b == 0) {
                    messages.add(Json.parse(message.toString(StandardCharsets.UTF_8)));
                    message.reset();
                } else {
                    message.write(b);
                }
            }
        } catch (IOException e) {
            // closed: nobody listens any more
        }
    }

    private String said() {
        try {
            return Files.readString(profile.resolve("said.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        in.close();
        out.close();
    }
}
