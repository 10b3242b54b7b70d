package dev.tactus.reconcile.join;

import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of a report that overlap a period and are in no reconciled row.
///
/// @param usage the days that the rows are about
/// @param quantity their sum
/// @param revenue their sum, in one currency; absent where they state none
public record ExcludedUsage(
        Reason reason, String reportId, Period usage, long rows, long quantity, Optional<Money> revenue) {

    /// Why.
    public enum Reason {
        /// Its days reach beyond the period: never prorated, whole in a period that holds them all.
        OUTSIDE_PERIOD,
        /// It names no ISRC and nobody has matched it.
        NO_ISRC,
        /// Its ISRC is not in the catalog and nobody has matched it.
        NOT_IN_CATALOG,
        /// A person said that it is not ours.
        NOT_OURS,
        /// It is about a group of territories, or the world, and rows about its members are there for the same usage.
        GROUP_BESIDE_MEMBERS,
        /// It is about a territory, and a row about a group of it has more than ten times as much for the same usage.
        MEMBERS_BESIDE_GROUP;

        /// The one that tables and files call so.
        public static Reason named(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        /// Whether it is left out because a group of territories or its members count.
        public boolean isOfGroups() {
            return this == GROUP_BESIDE_MEMBERS || this == MEMBERS_BESIDE_GROUP;
        }

        /// As it stands in tables and files.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// In words, for a person.
        public String words() {
            return switch (this) {
                case OUTSIDE_PERIOD ->
                    "usage days outside the period; rows are never prorated, so reconcile a period that contains them all";
                case NO_ISRC -> "no recording named and none matched; see tactus reports unmatched";
                case NOT_IN_CATALOG -> "not in the catalog and not matched; see tactus reports unmatched";
                case NOT_OURS -> "marked as not ours";
                case GROUP_BESIDE_MEMBERS ->
                    "a group of territories, or the world, whose members have rows of their own for the same usage";
                case MEMBERS_BESIDE_GROUP ->
                    "members of a group of territories whose row has more than ten times as much for the same usage";
            };
        }
    }

    static ExcludedUsage of(List<? extends @Nullable Object> row) {
        BigDecimal amount = (BigDecimal) row.get(7);
        return new ExcludedUsage(
                Reason.named(String.valueOf(row.get(0))),
                String.valueOf(row.get(1)),
                new Period((LocalDate) row.get(2), (LocalDate) row.get(3)),
                QueryRows.number(row.get(4)),
                QueryRows.number(row.get(5)),
                amount == null ? Optional.empty() : Optional.of(new Money(String.valueOf(row.get(6)), amount)));
    }
}
