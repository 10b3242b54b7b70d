package dev.tactus.reports;

import dev.tactus.lake.SaleRecording;
import java.util.Optional;

/// What was sold, as rows name it.
///
/// @param note what people should know of rows like this
record Recording(SaleRecording sale, Optional<String> note) {
    void landed(Account account) {
        if (note.isPresent()) {
            account.note(note.get());
        }
    }
}
