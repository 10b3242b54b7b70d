package dev.tactus.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test on a fresh ledger.
abstract class StoreTest {
    final ManualClock clock = new ManualClock();
    Ledger ledger;

    @SuppressWarnings("NullAway.Init")
    StoreTest() {}

    @BeforeEach
    void openLedger(@TempDir Path folder) {
        ledger = Ledger.open(folder.resolve("ledger.db"), clock);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }
}
