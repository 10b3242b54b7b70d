package dev.tactus.ingest.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a run will take, before a single request is sent. What is not known is empty.
///
/// @param items work items: recordings × datasets × days
/// @param requests without retries
/// @param takes how long the known limits make it last; empty where an endpoint has none
/// @param finishesAt started now
/// @param meetsDeadline empty where there is no deadline or no known duration
public record FetchPlan(
        long items,
        long requests,
        Optional<Duration> takes,
        Optional<Instant> finishesAt,
        Optional<Instant> deadline,
        Optional<Boolean> meetsDeadline,
        List<EndpointRequests> endpoints) {
    public FetchPlan {
        endpoints = List.copyOf(endpoints);
    }

    /// The requests of one endpoint.
    ///
    /// @param perMinute what its tightest known limit lets through; empty where it has none
    public record EndpointRequests(String path, long requests, OptionalDouble perMinute) {}
}
