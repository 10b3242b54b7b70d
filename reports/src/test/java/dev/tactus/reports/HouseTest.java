package dev.tactus.reports;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of whole imports have in common: a house of their own for each.
abstract class HouseTest {
    @SuppressWarnings("NullAway.Init")
    ReportsHouse house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new ReportsHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }
}
