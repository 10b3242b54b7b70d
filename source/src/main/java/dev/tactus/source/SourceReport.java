package dev.tactus.source;

import dev.tactus.limits.ScopeReport;
import java.util.List;

/// What a source did since it was opened.
///
/// @param requests calls sent, retries in, token calls out
/// @param throttled refusals for the rate, disguised ones in
/// @param retried calls sent again, for whatever reason
/// @param scopes the pacer's account
public record SourceReport(long requests, long throttled, long retried, List<ScopeReport> scopes) {

    public SourceReport {
        scopes = List.copyOf(scopes);
    }
}
