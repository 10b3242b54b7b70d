package dev.tactus.ingest;

import dev.tactus.music.Dataset;
import java.util.Collection;
import java.util.stream.Collectors;

/// Datasets as a sentence names them.
final class DatasetLabels {
    private DatasetLabels() {}

    static String of(Collection<Dataset> datasets) {
        return datasets.stream().sorted().map(Dataset::label).collect(Collectors.joining(", "));
    }
}
