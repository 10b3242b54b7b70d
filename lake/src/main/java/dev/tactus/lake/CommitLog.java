package dev.tactus.lake;

/// Is told of each table's commit as soon as it is certain, also of one found from an earlier, interrupted attempt.
@FunctionalInterface
public interface CommitLog {
    void committed(Committed committed);

    /// Keeps nothing.
    static CommitLog none() {
        return committed -> {};
    }
}
