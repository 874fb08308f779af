package pantheon.night.engine.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request of HTTP/1.1 (RFC 9112) that ends its connection, since servers starve where one is kept idle. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final byte[] body;

    private HttpRequest(String method, String path, byte[] body) {
        if (!path.matches("/[!-~]*")) {
            throw new IllegalArgumentException("the path is " + path + "; expected plain ASCII without blanks");
        }
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** One that asks for what is there. */
    public static HttpRequest get(String path) {
        return new HttpRequest("GET", path, new byte[0]);
    }

    /** One that hands in JSON, in UTF-8. */
    public static HttpRequest post(String path, byte[] json) {
        return new HttpRequest("POST", path, json.clone());
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
