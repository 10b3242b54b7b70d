package dev.tactus.lake.table;

/// Is told of each table's commit as soon as it is certain, also of one found from an earlier, interrupted attempt.
@FunctionalInterface
public interface CommitListener {
    void committed(TableCommit committed);

    /// Keeps nothing.
    static CommitListener none() {
        return committed -> {};
    }
}
