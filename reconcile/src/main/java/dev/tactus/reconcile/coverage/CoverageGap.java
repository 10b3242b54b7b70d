package dev.tactus.reconcile.coverage;

import dev.tactus.reconcile.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A recording and territory that no source tells of on some days of a period.
///
/// @param territory `*` where nothing is known of any
/// @param days how many days lack
/// @param first the first of them
/// @param last the last of them; not every day between them need lack
/// @param lastCount what it counted in the period before, on as many days; 0 where nothing is known
/// @param lastRevenues what it earned in the period before, whole, by currency
public record CoverageGap(
        String isrc,
        Optional<String> title,
        String territory,
        Reason reason,
        long days,
        LocalDate first,
        LocalDate last,
        long lastCount,
        List<Money> lastRevenues) {

    /// Why there is nothing.
    public enum Reason {
        /// No run has asked for these days.
        NEVER_ASKED,
        /// The source has not got it, or has failed for the territory; a report has to cover it.
        AWAITING_REPORT,
        /// Put off; the same sync takes it up.
        PARKED,
        /// What came back was wrong and was set aside.
        DEAD_LETTERED,
        /// The source does not have the recording, which counted before.
        NOT_FOUND;

        /// As it stands in tables and files.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// In words, for a person.
        public String words() {
            return switch (this) {
                case NEVER_ASKED -> "never requested; run tactus sync --from … --to …";
                case AWAITING_REPORT -> "not available from the source; needs a report";
                case PARKED -> "postponed; the next sync continues it";
                case DEAD_LETTERED -> "invalid response; see tactus dead-letters list";
                case NOT_FOUND -> "no longer at the source, although it had counts before";
            };
        }
    }

    /// Without copies that could change.
    public CoverageGap {
        lastRevenues = List.copyOf(lastRevenues);
    }
}
