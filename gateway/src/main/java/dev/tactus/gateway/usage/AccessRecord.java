package dev.tactus.gateway.usage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// One request and what became of it. No secrets: neither a query nor credentials.
///
/// @param at when it ended
/// @param address whom the connection is with
/// @param application empty for whoever is none
/// @param path without a query
/// @param status empty where no answer was begun
/// @param own whether the gateway answered, not the upstream
/// @param whole whether the client has got all of the answer
/// @param bytes of the answer's body, as they were passed on
/// @param millis from the request's head to the end
/// @param queuedMillis of these before it was first sent on
/// @param upstream its name where there are several
/// @param agent the field User-Agent
/// @param trace the trace id of W3C's traceparent
public record AccessRecord(
        Instant at,
        String address,
        Optional<String> application,
        String method,
        String path,
        String protocol,
        OptionalInt status,
        boolean own,
        boolean whole,
        long bytes,
        double millis,
        double queuedMillis,
        Optional<String> upstream,
        Optional<String> agent,
        Optional<String> trace) {}
