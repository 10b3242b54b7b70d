package dev.tactus.lake.table;

/// Is told before and after every change of a lake, so that a ledger knows how far the lake has come.
public interface EpochListener {
    /// The lake is about to change.
    ///
    /// @param mark of the change, random; the lake carries it once it has happened
    void changes(String mark);

    /// It has changed.
    ///
    /// @param epoch the number of the change
    void changed(long epoch);

    /// Whoever has changed it, or might have, is done.
    void closed();
}
