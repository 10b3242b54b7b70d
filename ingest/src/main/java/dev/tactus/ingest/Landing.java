package dev.tactus.ingest;

import dev.tactus.source.Exchange;
import java.util.List;

/// What one or more answers came to, on its way from a worker to the lander.
///
/// @param payloads the answers, each in exactly one landing
/// @param settled items whose outcome is known now
/// @param setAside what can't be used
record Landing(List<Exchange> payloads, List<Settled> settled, List<SetAside> setAside) {
    Landing {
        payloads = List.copyOf(payloads);
        settled = List.copyOf(settled);
        setAside = List.copyOf(setAside);
    }

    static Landing of(List<Settled> settled) {
        return new Landing(List.of(), settled, List.of());
    }

    /// Bytes of the payloads: what its memory goes by.
    long weight() {
        return payloads.stream().mapToLong(payload -> payload.body().length).sum();
    }

    boolean isEmpty() {
        return payloads.isEmpty() && settled.isEmpty() && setAside.isEmpty();
    }
}
