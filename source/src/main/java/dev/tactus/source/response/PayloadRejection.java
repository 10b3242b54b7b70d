package dev.tactus.source.response;

/// Why a payload, or one item of it, was not accepted.
///
/// @param pointer the JSON pointer of what is wrong, empty for the whole payload
/// @param reason a stable code in snake_case: schema, count, invalid_isrc, isrc_mismatch, id_mismatch,
/// duplicate, wrong_day, not_json, too_large, http_400 …
/// @param detail what was found and what would be right, for a person
public record PayloadRejection(String pointer, String reason, String detail) {
    public PayloadRejection {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a refusal needs a reason");
        }
    }
}
