package dev.tactus.lake.iceberg;

import java.util.Map;

/// What the snapshots' summaries say of a commit, so that it is found again and done once.
///
/// @param id unique for ever
/// @param properties more, by short name: `catalog_hash` becomes `tactus.catalog_hash`
public record CommitLabel(String id, String runId, String source, Map<String, String> properties) {
    /// The property that says which staged files a commit is made of.
    public static final String STAGED = "staged_sha256";

    public CommitLabel {
        properties = Map.copyOf(properties);
    }

    /// Of a change that no run made.
    public static CommitLabel of(String id, String source, Map<String, String> properties) {
        return new CommitLabel(id, id, source, properties);
    }
}
