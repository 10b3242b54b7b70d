package dev.tactus.reports;

import dev.tactus.lake.SaleContext;
import java.time.LocalDate;
import java.util.Optional;

/// What rows have in common besides what was sold: where, when, how, in which currency. Not thread-safe.
final class Context {
    private final SaleContext sale;
    private final Optional<Tally> tally;
    private final Optional<String> service;
    private final LocalDate from;
    private final LocalDate to;
    private final Optional<String> note;
    private boolean used;

    /// @param tally of its currency
    /// @param note what people should know of rows like this
    Context(SaleContext sale, Optional<Tally> tally, Optional<String> service, Period days, Optional<String> note) {
        this.sale = sale;
        this.tally = tally;
        this.service = service;
        this.from = days.start();
        this.to = days.end();
        this.note = note;
    }

    SaleContext sale() {
        return sale;
    }

    Optional<Tally> tally() {
        return tally;
    }

    void landed(Account account) {
        if (!used) {
            used = true;
            account.covers(service, from, to);
        }
        if (note.isPresent()) {
            account.note(note.get());
        }
    }
}
