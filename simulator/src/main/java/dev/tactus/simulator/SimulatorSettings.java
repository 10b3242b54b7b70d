package dev.tactus.simulator;

import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.CsvCatalog;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import java.nio.file.Path;

/// What to simulate, and where.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param seed everything that is drawn is drawn from it: the same seed gives the same bytes
public record SimulatorSettings(String host, int port, CatalogSource catalog, long seed, Behaviour behaviour) {
    /// Where the served recordings come from.
    public sealed interface CatalogSource {
        /// computed from the seed
        record Synthetic(long recordings) implements CatalogSource {}

        /// read from a CSV file, see [CsvCatalog]
        record File(Path csv) implements CatalogSource {}
    }

    public SimulatorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("the address to listen on is empty");
        }
    }

    /// A synthetic catalog on any free local port, without limits or faults.
    public static SimulatorSettings synthetic(long recordings, long seed) {
        return new SimulatorSettings(
                "127.0.0.1", 0, new CatalogSource.Synthetic(recordings), seed, Behaviour.faultless());
    }

    /// A catalog from a file on any free local port, without limits or faults.
    public static SimulatorSettings csv(Path csv, long seed) {
        return new SimulatorSettings("127.0.0.1", 0, new CatalogSource.File(csv), seed, Behaviour.faultless());
    }

    public SimulatorSettings with(Behaviour changed) {
        return new SimulatorSettings(host, port, catalog, seed, changed);
    }

    public SimulatorSettings onPort(int changed) {
        return new SimulatorSettings(host, changed, catalog, seed, behaviour);
    }

    public SimulatorSettings onHost(String changed) {
        return new SimulatorSettings(changed, port, catalog, seed, behaviour);
    }

    /// Reads or computes the catalog.
    ServedCatalog open() {
        return switch (catalog) {
            case CatalogSource.Synthetic(long recordings) -> new SyntheticCatalog(seed, recordings);
            case CatalogSource.File(Path csv) -> CsvCatalog.read(csv, seed);
        };
    }
}
