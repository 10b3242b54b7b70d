package dev.tactus.ingest.landing;

import dev.tactus.source.response.RecordedExchange;
import java.util.List;

/// What one or more answers came to, on its way from a worker to the lander.
///
/// @param payloads the answers, each in exactly one landing
/// @param settled items whose outcome is known now
/// @param setAside what can't be used
public record FetchedBatch(List<RecordedExchange> payloads, List<SettledItem> settled, List<RejectedPayload> setAside) {
    public FetchedBatch {
        payloads = List.copyOf(payloads);
        settled = List.copyOf(settled);
        setAside = List.copyOf(setAside);
    }

    public static FetchedBatch of(List<SettledItem> settled) {
        return new FetchedBatch(List.of(), settled, List.of());
    }

    /// Bytes of the payloads: what its memory goes by.
    long weight() {
        return payloads.stream().mapToLong(payload -> payload.body().length).sum();
    }

    boolean isEmpty() {
        return payloads.isEmpty() && settled.isEmpty() && setAside.isEmpty();
    }
}
