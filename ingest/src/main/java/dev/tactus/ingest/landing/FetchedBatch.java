package dev.tactus.ingest.landing;

import dev.tactus.source.response.RecordedExchange;
import java.util.List;

/// What one or more responses came to, on its way from a worker to the landing thread.
///
/// @param payloads the responses, each in exactly one batch
/// @param settled items whose outcome is known now
/// @param rejected what can't be used
public record FetchedBatch(List<RecordedExchange> payloads, List<SettledItem> settled, List<RejectedPayload> rejected) {
    public FetchedBatch {
        payloads = List.copyOf(payloads);
        settled = List.copyOf(settled);
        rejected = List.copyOf(rejected);
    }

    public static FetchedBatch of(List<SettledItem> settled) {
        return new FetchedBatch(List.of(), settled, List.of());
    }

    /// Bytes of the payloads: what its memory goes by.
    long weight() {
        return payloads.stream().mapToLong(payload -> payload.body().length).sum();
    }

    boolean isEmpty() {
        return payloads.isEmpty() && settled.isEmpty() && rejected.isEmpty();
    }
}
