package dev.tactus.gateway.state;

import java.time.Instant;

/// A change of a resource that was found or told.
///
/// @param number in the order in which changes were found
/// @param audience the application that may see it; empty where all of the resource's subscribers may
/// @param body a CloudEvent as JSON
public record ChangeEvent(long number, String resource, String audience, String body, Instant at) {}
