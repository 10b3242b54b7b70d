package dev.tactus.reconcile.statements;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A month of a sender that is owed.
///
/// @param due the last day on which it is not late
/// @param stated whether the configuration says so; learned from what was sent before where not
/// @param received the day on which the first report about it came
/// @param reports that are about it
public record ExpectedStatement(
        String sender,
        YearMonth month,
        LocalDate due,
        boolean stated,
        State state,
        Optional<LocalDate> received,
        List<String> reports) {
    /// Where it stands.
    public enum State {
        /// A report about it is there.
        RECEIVED,
        /// It is not there, and not late yet.
        AWAITED,
        /// It is not there, and late.
        LATE;

        /// As commands and files say it.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ExpectedStatement {
        reports = List.copyOf(reports);
    }

    public boolean isMissing() {
        return state != State.RECEIVED;
    }

    /// Of one that is missing, for a person.
    public String words() {
        return sender + " owes " + month + (state == State.LATE ? ", late since " : ", due by ") + due
                + (stated ? "" : " (as it has sent before)");
    }
}
