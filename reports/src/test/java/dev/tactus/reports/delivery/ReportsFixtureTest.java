package dev.tactus.reports.delivery;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of whole imports have in common: a house of their own for each.
public abstract class ReportsFixtureTest {
    @SuppressWarnings("NullAway.Init")
    public ReportsFixture house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new ReportsFixture(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }
}
