package dev.tactus.ledger;

import dev.tactus.ledger.LedgerPlaces.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A test on a fresh ledger, on each database that there is.
@ParameterizedClass
@EnumSource(Kind.class)
public abstract class StoreTest {
    public final ManualClock clock = new ManualClock();
    public Ledger ledger;
    protected LedgerPlaces places;

    @Parameter
    Kind kind = Kind.SQLITE;

    @SuppressWarnings("NullAway.Init")
    public StoreTest() {}

    @BeforeEach
    void openLedger(@TempDir Path folder) {
        places = new LedgerPlaces(kind, folder);
        ledger = Ledger.open(places.place("ledger"), clock);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        places.close();
    }
}
