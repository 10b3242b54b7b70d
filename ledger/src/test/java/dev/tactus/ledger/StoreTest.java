package dev.tactus.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test on a fresh ledger.
public abstract class StoreTest {
    public final ManualClock clock = new ManualClock();
    public Ledger ledger;

    @SuppressWarnings("NullAway.Init")
    public StoreTest() {}

    @BeforeEach
    void openLedger(@TempDir Path folder) {
        ledger = Ledger.open(folder.resolve("ledger.db"), clock);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }
}
