package dev.tactus.lake.publication;

import dev.tactus.lake.iceberg.CommitSequence;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.TableCommit;
import java.util.List;

/// A publication whose files are written and audited, and invisible until it is committed.
///
/// One thread at a time. Closing it deletes the files of what was never tried to commit; those of a failed commit are
/// left to maintenance.
public final class PreparedPublication implements AutoCloseable {
    private final String id;
    private final List<Mismatch> mismatches;
    private final CommitSequence commits;

    PreparedPublication(String id, List<Mismatch> mismatches, CommitSequence commits) {
        this.id = id;
        this.mismatches = List.copyOf(mismatches);
        this.commits = commits;
    }

    /// Where staged rows and account differ; anything here and [#commit] refuses. At most a hundred are listed.
    public List<Mismatch> mismatches() {
        return mismatches;
    }

    /// Makes it visible in all tables in one moment, exactly once whatever happened before. An interrupt waits until it
    /// is done.
    ///
    /// @throws LakeConflict if another process changed a table since it was prepared: prepare again
    /// @throws LakeUnavailable if the machine refuses; a repeated call is safe
    public List<TableCommit> commit(CommitListener listener) {
        if (!mismatches.isEmpty()) {
            throw new IllegalStateException("publication " + id + " does not add up: "
                    + mismatches.getFirst().describe());
        }
        return commits.commit(listener);
    }

    @Override
    public void close() {
        commits.close();
    }
}
