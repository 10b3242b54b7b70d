package dev.tactus.console;

import dev.tactus.ingest.CatalogSummary;

/// What reading the catalog came to, in a sentence.
final class CatalogWords {
    private CatalogWords() {}

    static String of(CatalogSummary catalog) {
        StringBuilder text = new StringBuilder("catalog " + catalog.file() + ": "
                + Words.counted(catalog.recordings(), "recording", "recordings") + " in "
                + Words.counted(catalog.rows(), "row", "rows"));
        if (catalog.merged() > 0) {
            text.append(", ").append(Words.count(catalog.merged())).append(" merged");
        }
        if (catalog.rejected() > 0) {
            text.append(", ").append(Words.count(catalog.rejected())).append(" rejected");
        }
        if (catalog.warnings() > 0) {
            text.append(", ").append(Words.counted(catalog.warnings(), "warning", "warnings"));
        }
        catalog.rejects().ifPresent(file -> text.append(" (").append(file).append(" says which and why)"));
        return text.toString();
    }
}
