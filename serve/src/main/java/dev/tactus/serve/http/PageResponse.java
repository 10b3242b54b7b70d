package dev.tactus.serve.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is sent back.
///
/// @param headers beside those that every response has
public record PageResponse(int status, String type, Map<String, String> headers, Body body) {
    public static final String HTML = "text/html; charset=utf-8";
    public static final String JSON = "application/json";
    public static final String CSV = "text/csv; charset=utf-8; header=present";
    public static final String TEXT = "text/plain; charset=utf-8";

    /// Writes the content; what is written before it returns has been sent only where the stream is flushed.
    @FunctionalInterface
    public interface Body {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /// Content that is there already.
    static final class Bytes implements Body {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        int length() {
            return bytes.length;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    public PageResponse {
        headers = Map.copyOf(headers);
    }

    public static PageResponse of(int status, String type, String content) {
        return of(status, type, content.getBytes(StandardCharsets.UTF_8));
    }

    public static PageResponse of(int status, String type, byte[] content) {
        return new PageResponse(status, type, Map.of(), new Bytes(content));
    }

    /// Content that is written while it comes, such as a stream of events.
    public static PageResponse stream(String type, Body body) {
        return new PageResponse(200, type, Map.of(), body);
    }

    /// Leads to another page of this server, by GET.
    public static PageResponse seeOther(String path) {
        return of(303, TEXT, "").with("Location", path);
    }

    /// The same with one more header.
    public PageResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new PageResponse(status, type, more, body);
    }
}
