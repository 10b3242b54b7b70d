package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleRecording;
import java.util.Optional;

/// What was sold, as rows name it.
///
/// @param note what people should know of rows like this
record SoldItem(SaleRecording sale, Optional<String> note) {
    void landed(ImportStatistics account) {
        if (note.isPresent()) {
            account.note(note.get());
        }
    }
}
