package dev.tactus.database;

import java.io.IOException;

/// Is told of a writer's transactions: a crash before the commit loses all of one, a crash after it nothing. Tests let
/// it happen there.
public interface TransactionListener {
    /// The work is done and is to be committed; what is thrown here undoes it.
    ///
    /// @throws IOException if the disk refuses
    void commitDue(DatabaseAddress database) throws IOException;

    void committed(DatabaseAddress database);

    static TransactionListener none() {
        return new TransactionListener() {
            @Override
            public void commitDue(DatabaseAddress database) {}

            @Override
            public void committed(DatabaseAddress database) {}
        };
    }
}
