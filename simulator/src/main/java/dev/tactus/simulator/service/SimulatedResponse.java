package dev.tactus.simulator.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What is sent back.
///
/// @param throttled whether it says "too many requests", in whatever words
public record SimulatedResponse(
        int status,
        String type,
        Map<String, String> headers,
        ByteBuffer body,
        Transmission transmission,
        boolean throttled) {
    private static final String JSON = "application/json; charset=utf-8";

    /// How it is sent.
    public sealed interface Transmission {
        record Whole() implements Transmission {}

        /// nothing but the end of the connection
        record Reset() implements Transmission {}

        record Stalled(Duration duration) implements Transmission {}

        record Trickling(Duration duration) implements Transmission {}

        /// half of it, then the end of the connection
        record Cut() implements Transmission {}

        record Padded(long bytes) implements Transmission {}
    }

    public static SimulatedResponse ok(ByteBuffer body) {
        return new SimulatedResponse(200, JSON, Map.of(), body, new Transmission.Whole(), false);
    }

    /// An error in the service's form.
    public static SimulatedResponse error(int status, String message) {
        JsonBody json = new JsonBody(100);
        json.object();
        json.object("error");
        json.number("status", status);
        json.text("message", message);
        json.endObject();
        json.endObject();
        return new SimulatedResponse(status, JSON, Map.of(), json.done(), new Transmission.Whole(), false);
    }

    /// An error in the service's form that claims to be none.
    static SimulatedResponse disguised(int status, String message) {
        return ok(error(status, message).body());
    }

    static SimulatedResponse html() {
        ByteBuffer page =
                StandardCharsets.UTF_8.encode("<!DOCTYPE html>\n<html><head><title>Just a moment…</title></head>"
                        + "<body><h1>We'll be right back</h1></body></html>\n");
        return new SimulatedResponse(200, "text/html; charset=utf-8", Map.of(), page, new Transmission.Whole(), false);
    }

    public SimulatedResponse with(String header, String value) {
        return with(Map.of(header, value));
    }

    SimulatedResponse with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new SimulatedResponse(status, type, all, body, transmission, throttled);
    }

    public SimulatedResponse sent(Transmission changed) {
        return new SimulatedResponse(status, type, headers, body, changed, throttled);
    }

    SimulatedResponse asThrottled() {
        return new SimulatedResponse(status, type, headers, body, transmission, true);
    }
}
