package dev.tactus.lake;

import java.util.List;

/// A publication whose files are written and audited, and invisible until it is committed.
@SuppressWarnings("DoNotCallSuggester")
public final class PreparedPublication implements AutoCloseable {
    PreparedPublication() {}

    /// Where staged rows and account differ; anything here and [#commit] refuses. At most a hundred are listed.
    public List<Mismatch> mismatches() {
        throw new UnsupportedOperationException();
    }

    /// Commits table by table, each exactly once whatever happened before.
    ///
    /// @throws LakeConflict if another process changed a table since it was prepared: prepare again
    /// @throws LakeUnavailable if the machine refuses; a repeated call is safe
    public List<Committed> commit(CommitLog log) {
        throw new UnsupportedOperationException();
    }

    /// Deletes the files of what was not committed.
    @Override
    public void close() {}
}
