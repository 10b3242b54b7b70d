package dev.tactus.source;

import dev.tactus.limits.ScopeReport;
import java.util.List;

/// What a source did since it was opened.
///
/// @param requests sent, retries included, token requests not
/// @param throttled responses that refused for the rate, disguised ones included
/// @param retried requests sent again, for whatever reason
/// @param scopes how the pacer used each quota
public record SourceReport(long requests, long throttled, long retried, List<ScopeReport> scopes) {
    public SourceReport {
        scopes = List.copyOf(scopes);
    }
}
