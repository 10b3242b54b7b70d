package dev.tactus.lake.query;

import java.nio.file.Path;
import java.util.Optional;

/// Which engine computes over the tables of a lake.
///
/// @param name of an add-on's engine; DuckDB, in this process, where none is named
/// @param master where that engine computes; its own default where nothing is named
public record EngineSettings(Optional<String> name, Optional<String> master) {
    public static final EngineSettings DUCKDB = new EngineSettings(Optional.empty(), Optional.empty());

    public static EngineSettings of(String name, Optional<String> master) {
        return new EngineSettings(Optional.of(name), master);
    }

    /// Opens it; none for DuckDB, which is always there.
    public Optional<SqlEngine> open(Path temporary) {
        return name.map(one -> SqlEngineProvider.named(one).open(master, temporary));
    }
}
