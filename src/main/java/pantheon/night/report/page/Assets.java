package pantheon.night.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's own style and scripts, with their hashes for its content security policy. */
final class Assets {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    /** Its style, that of the charts included. */
    static final String STYLE = read(UPLOT + "dist/uPlot.min.css") + "\n" + read("/report/report.css");

    /** uPlot, which draws the charts. */
    static final String UPLOT_SCRIPT = read(UPLOT + "dist/uPlot.iife.min.js");

    /** The licence that uPlot comes with, for the page's head. */
    static final String UPLOT_LICENCE = read(UPLOT + "LICENSE");

    /** What hands the figures to uPlot. */
    static final String SCRIPT = read("/report/report.js");

    /** Nothing may be fetched, sent, framed or run but what is in the page. */
    static final String POLICY =
            "default-src 'none'; style-src %s; script-src %s %s; img-src data:; base-uri 'none'; form-action 'none'"
                    .formatted(source(STYLE), source(UPLOT_SCRIPT), source(SCRIPT));

    private Assets() {}

    private static String read(String resource) {
        try (var stream = Assets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String source(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
