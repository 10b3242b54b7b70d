package dev.tactus.ingest;

import dev.tactus.ledger.Ledger;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Foretells a run from the catalog, the ids and the run that the ledger holds. Calls nothing and writes nothing.
///
/// @param sourceName the operator's name for the source
/// @param limits what is known of its limits
public record Planner(Ledger ledger, String sourceName, Source source, List<ScopedLimit> limits, InstantSource clock) {

    public Plan plan(List<LocalDate> days, Set<Dataset> datasets, Optional<Instant> deadline) {
        throw new UnsupportedOperationException("not yet: " + days + datasets + deadline);
    }
}
