package pantheon.night.engine.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A request as its bytes: one of HTTP/1.1 (RFC 9112) that ends its connection, since servers starve where one is kept idle.
 *
 * @param method {@code GET} or {@code POST}
 * @param path from the slash on, in plain ASCII
 * @param body JSON in UTF-8, possibly empty
 */
public record HttpRequest(String method, String path, byte[] body) {
    public HttpRequest {
        if (!path.matches("/[!-~]*")) {
            throw new IllegalArgumentException("the path is " + path + "; expected plain ASCII without blanks");
        }
    }

    /** One that asks for what is there. */
    public static HttpRequest get(String path) {
        return new HttpRequest("GET", path, new byte[0]);
    }

    /** One that hands in JSON. */
    public static HttpRequest post(String path, byte[] json) {
        return new HttpRequest("POST", path, json);
    }

    /** What it is called in messages. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    ByteBuffer bytes() {
        var head = "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json\r\n"
                .formatted(method, path);
        var framing = method.equals("POST")
                ? "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(body.length)
                : "\r\n";
        var out = new ByteArrayOutputStream(head.length() + framing.length() + body.length);
        out.writeBytes((head + framing).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        return ByteBuffer.wrap(out.toByteArray());
    }
}
