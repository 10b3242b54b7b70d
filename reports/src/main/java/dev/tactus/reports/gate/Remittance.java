package dev.tactus.reports.gate;

import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.SenderName;
import java.util.Optional;

/// What a sender paid for a statement.
///
/// @param statement the statement's period as it was written
public record Remittance(String sender, String statement, Payment payment) {
    boolean isOf(String otherSender) {
        return SenderName.same(sender, otherSender);
    }

    /// Whether it pays for a statement, by the words or days that it is known by.
    boolean paysFor(String otherStatement) {
        if (statement.equalsIgnoreCase(otherStatement)) {
            return true;
        }
        Optional<ReportingPeriod> paid = ReportingPeriod.parse(statement);
        Optional<ReportingPeriod> stated = ReportingPeriod.parse(otherStatement);
        return paid.isPresent()
                && stated.isPresent()
                && !stated.get().start().isBefore(paid.get().start())
                && !stated.get().end().isAfter(paid.get().end());
    }
}
