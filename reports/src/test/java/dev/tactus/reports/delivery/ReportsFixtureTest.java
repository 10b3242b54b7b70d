package dev.tactus.reports.delivery;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of whole imports have in common: a ledger and a lake of its own for each test.
public abstract class ReportsFixtureTest {
    @SuppressWarnings("NullAway.Init")
    public ReportsFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new ReportsFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
