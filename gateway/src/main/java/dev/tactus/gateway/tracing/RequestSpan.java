package dev.tactus.gateway.tracing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What is told of one request and its answer.
///
/// @param parent the caller's span
/// @param beginNanos since the epoch, as `endNanos`
/// @param status nothing where no answer was begun
/// @param attributes by the names of OpenTelemetry's semantic conventions
public record RequestSpan(
        TraceContext context,
        Optional<String> parent,
        String method,
        long beginNanos,
        long endNanos,
        OptionalInt status,
        Map<String, Object> attributes) {
    private static final int SERVER = 2;
    private static final int ERROR = 2;
    private static final int FIRST_ERROR = 500;

    /// As OTLP has it in JSON: whole numbers of 64 bits are texts.
    Map<String, Object> json() {
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", context.trace());
        span.put("spanId", context.span());
        parent.ifPresent(id -> span.put("parentSpanId", id));
        span.put("name", method);
        span.put("kind", SERVER);
        span.put("startTimeUnixNano", Long.toString(beginNanos));
        span.put("endTimeUnixNano", Long.toString(endNanos));
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put("http.request.method", method);
        status.ifPresent(code -> all.put("http.response.status_code", (long) code));
        span.put("attributes", attributes(all));
        boolean failed = status.isEmpty() || status.getAsInt() >= FIRST_ERROR;
        span.put("status", failed ? Map.of("code", ERROR) : Map.of());
        return span;
    }

    /// Keys and values as OTLP has them.
    static List<Map<String, Object>> attributes(Map<String, ?> all) {
        List<Map<String, Object>> attributes = new ArrayList<>();
        all.forEach((key, value) -> attributes.add(Map.of(
                "key",
                key,
                "value",
                switch (value) {
                    case Long number -> Map.of("intValue", Long.toString(number));
                    case Double number -> Map.of("doubleValue", number);
                    default -> Map.of("stringValue", value.toString());
                })));
        return attributes;
    }
}
