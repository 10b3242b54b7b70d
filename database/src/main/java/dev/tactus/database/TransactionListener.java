package dev.tactus.database;

import java.io.IOException;
import java.nio.file.Path;

/// Is told of a writer's transactions: a crash before the commit loses all of one, a crash after it nothing. Tests let
/// it happen there.
public interface TransactionListener {
    /// The work is done and is to be committed; what is thrown here undoes it.
    ///
    /// @throws IOException if the disk refuses
    void commitDue(Path database) throws IOException;

    void committed(Path database);

    static TransactionListener none() {
        return new TransactionListener() {
            @Override
            public void commitDue(Path database) {}

            @Override
            public void committed(Path database) {}
        };
    }
}
