package dev.tactus.reports.convention;

import dev.tactus.reports.ReportingPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the days that rows tell of can be: after the first sales that anybody reports by file, and not after the
/// statement itself. Others tell that a column is not what it is taken for. Not thread-safe.
public final class PossibleDays {
    /// Of earlier years there are no recordings sold one by one, but zeros that a program read as a day.
    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);

    /// A statement may tell of a quarter that it stands in, and of subscriptions paid in advance.
    private static final int AHEAD_DAYS = 100;

    private static final int EXAMPLES = 3;

    private final LocalDate today;
    private final List<String> examples = new ArrayList<>();
    private boolean more;
    private Optional<LocalDate> lastStatement = Optional.empty();

    /// @param today the day of the import, which no statement comes after
    public PossibleDays(LocalDate today) {
        this.today = today;
    }

    /// The day of the import.
    public LocalDate today() {
        return today;
    }

    /// The last day of the latest statement that rows name; today where they name none, or one that is not over.
    public LocalDate lastStatement() {
        return lastStatement.filter(last -> last.isBefore(today)).orElse(today);
    }

    /// Looks at the days of some rows.
    ///
    /// @param line of the first of them
    public void check(ReportingPeriod days, Optional<ReportingPeriod> statement, long line) {
        lastStatement = statement
                .map(ReportingPeriod::end)
                .filter(end -> lastStatement.filter(end::isBefore).isEmpty())
                .or(() -> lastStatement);
        LocalDate known = statement
                .map(ReportingPeriod::end)
                .filter(end -> end.isBefore(today))
                .orElse(today);
        if (days.start().isBefore(FIRST)) {
            impossible(line, days, "is before " + FIRST);
        } else if (days.start().isAfter(known) || days.end().isAfter(known.plusDays(AHEAD_DAYS))) {
            impossible(
                    line,
                    days,
                    known.equals(today) ? "is in the future" : "is after the statement of " + statement.get());
        }
    }

    private void impossible(long line, ReportingPeriod days, String why) {
        if (examples.size() < EXAMPLES) {
            examples.add("line " + line + ": " + days + " " + why);
        } else {
            more = true;
        }
    }

    /// What can't be, with the first lines of it; absent where all days can.
    public Optional<String> objection() {
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of("usage on days that can't be: " + String.join(", ", examples) + (more ? ", …" : ""));
    }
}
