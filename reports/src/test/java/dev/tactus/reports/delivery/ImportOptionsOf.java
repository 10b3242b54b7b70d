package dev.tactus.reports.delivery;

import dev.tactus.reports.ImportOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Options of an import of which a test says one.
final class ImportOptionsOf {
    private ImportOptionsOf() {}

    static ImportOptions layout(Path layout) {
        return new ImportOptions(
                Optional.of(layout.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                "");
    }

    static ImportOptions accepting(String reason) {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(reason),
                List.of(),
                "Ada");
    }
}
