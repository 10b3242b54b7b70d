package dev.tactus.simulator;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What is sent back.
///
/// @param throttled whether it says "too many requests", in whatever words
record Reply(int status, String type, Map<String, String> headers, Buffer body, Manner manner, boolean throttled) {
    private static final String JSON = "application/json; charset=utf-8";

    /// How it is sent.
    sealed interface Manner {
        record Whole() implements Manner {}

        /// nothing but the end of the connection
        record Reset() implements Manner {}

        record Stalled(Duration duration) implements Manner {}

        record Trickling(Duration duration) implements Manner {}

        /// half of it, then the end of the connection
        record Cut() implements Manner {}

        record Padded(long bytes) implements Manner {}
    }

    static Reply ok(Buffer body) {
        return new Reply(200, JSON, Map.of(), body, new Manner.Whole(), false);
    }

    /// An error in the service's form.
    static Reply error(int status, String message) {
        JsonBody json = new JsonBody(100);
        json.object();
        json.object("error");
        json.number("status", status);
        json.text("message", message);
        json.endObject();
        json.endObject();
        return new Reply(status, JSON, Map.of(), json.done(), new Manner.Whole(), false);
    }

    static Reply html() {
        Buffer page = Buffer.buffer("<!DOCTYPE html>\n<html><head><title>Just a moment…</title></head>"
                + "<body><h1>We'll be right back</h1></body></html>\n");
        return new Reply(200, "text/html; charset=utf-8", Map.of(), page, new Manner.Whole(), false);
    }

    Reply with(String header, String value) {
        return with(Map.of(header, value));
    }

    Reply with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, type, all, body, manner, throttled);
    }

    Reply sent(Manner changed) {
        return new Reply(status, type, headers, body, changed, throttled);
    }

    Reply asThrottled() {
        return new Reply(status, type, headers, body, manner, true);
    }
}
