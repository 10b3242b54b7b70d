package dev.tactus.lake.publication;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.iceberg.CommitLabel;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.Preconditions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one run, or one continuation of it, makes visible.
///
/// @param id unique for ever; the tables' snapshots carry it, so that it lands exactly once
/// @param files sealed chunks that were not published before
/// @param items every item whose rows replace what its day held; read once, streaming
/// @param properties more for the snapshots' summaries, by short name: `catalog_hash` becomes `tactus.catalog_hash`
/// @param drifts all that the ledger knows; the table is written anew
/// @param deadLetters all that the ledger knows; the table is written anew
public record Publication(
        String id,
        String runId,
        String source,
        List<StagedFile> files,
        Iterable<FetchedItem> items,
        Map<String, String> properties,
        Iterable<DriftRow> drifts,
        Iterable<DeadLetterRow> deadLetters) {
    public Publication {
        Preconditions.notBlank("id", id);
        Preconditions.notBlank("runId", runId);
        Preconditions.notBlank("source", source);
        files = List.copyOf(files);
        properties = Map.copyOf(properties);
    }

    /// What its snapshots say of it.
    public CommitLabel label() {
        Map<String, String> all = new TreeMap<>(properties);
        if (files.stream().allMatch(file -> file.sha256().isPresent())) {
            all.put(
                    CommitLabel.STAGED,
                    Sha256.of(files.stream()
                                    .map(file ->
                                            file.path() + " " + file.sha256().orElseThrow() + "\n")
                                    .sorted()
                                    .collect(Collectors.joining()))
                            .hex());
        }
        return new CommitLabel(id, runId, source, all);
    }
}
