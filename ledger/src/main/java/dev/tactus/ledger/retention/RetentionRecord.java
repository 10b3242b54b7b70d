package dev.tactus.ledger.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// Something was let go: a link of the chain of retentions.
///
/// @param number from 1 on, without gaps
/// @param id number and kind, such as `0001-payloads`
/// @param kind of bytes
/// @param before what is older was let go
/// @param by who decided it
/// @param forced whether an open period may have needed some of it
/// @param rows whose bytes went
/// @param deadLetters whose payloads went
/// @param manifest the path of the record in the lake
/// @param manifestSha256 its digest, in lower-case hex
/// @param previousSha256 that of the one before
public record RetentionRecord(
        long number,
        String id,
        String kind,
        LocalDate before,
        String by,
        String reason,
        boolean forced,
        long rows,
        long deadLetters,
        String manifest,
        String manifestSha256,
        Optional<String> previousSha256,
        Instant at) {
    /// Who let it go, when and why, in a few words.
    public String said() {
        return id + ": what was older than " + before + ", let go by " + by + " on " + at + " (" + reason + ")";
    }
}
