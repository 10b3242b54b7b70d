package dev.tactus.gateway.quota;

import tools.jackson.core.JsonPointer;

/// Where an upstream's answer tells what its request has cost.
public sealed interface AnswerCost {
    /// In a header field, as a number.
    record Field(String name) implements AnswerCost {}

    /// In a JSON body, as a number at this place.
    record Body(JsonPointer pointer) implements AnswerCost {}
}
