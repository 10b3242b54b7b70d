package dev.tactus.console.sync;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.ingest.catalog.CatalogSummary;

/// The result of reading the catalog, in a sentence.
final class CatalogSummaryView {
    private CatalogSummaryView() {}

    static String of(CatalogSummary catalog) {
        StringBuilder text = new StringBuilder("catalog " + catalog.file() + ": "
                + HumanFormat.counted(catalog.recordings(), "recording", "recordings") + " in "
                + HumanFormat.counted(catalog.rows(), "row", "rows"));
        if (catalog.merged() > 0) {
            text.append(", ").append(HumanFormat.count(catalog.merged())).append(" merged");
        }
        if (catalog.rejected() > 0) {
            text.append(", ").append(HumanFormat.count(catalog.rejected())).append(" rejected");
        }
        if (catalog.warnings() > 0) {
            text.append(", ").append(HumanFormat.counted(catalog.warnings(), "warning", "warnings"));
        }
        catalog.rejects().ifPresent(file -> text.append(" (").append(file).append(" lists them with reasons)"));
        return text.toString();
    }
}
