package dev.tactus.ledger.royalty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// A sales report that was imported, or is being.
///
/// @param id the `report_id` of its rows in the lake
/// @param sha256 of its content, unpacked, in lower-case hex
/// @param bytes of its content, unpacked
/// @param name as it was delivered; within an archive `archive.zip/name`
/// @param layout the name of the layout it was read with
/// @param layoutSha256 of the layout's own text
/// @param sender who sent it, such as a distributor
/// @param services whose usage it tells, sorted
/// @param part which file of a set it is, such as `1/2`; empty where it is the only one
/// @param usageStart the first day its rows are about; absent where none landed
/// @param usageEnd the last day, inclusive
/// @param totals by currency, sorted
/// @param rejected the money of its rejected rows, by currency, sorted, after those whose amounts can't be read
/// @param replaces the reports whose place it takes
/// @param replacedBy the report that took its place
/// @param accepted why it was taken although something spoke against it; absent where nothing did
/// @param publication the label of the commit that made it visible: its own id, or that of the report it came in with
/// @param at when it was imported
public record Report(
        String id,
        String sha256,
        long bytes,
        String name,
        String layout,
        String layoutSha256,
        String sender,
        List<String> services,
        String part,
        Optional<LocalDate> usageStart,
        Optional<LocalDate> usageEnd,
        ReportCounts counts,
        List<ReportTotal> totals,
        List<RejectedTotal> rejected,
        List<String> replaces,
        ReportState state,
        Optional<String> replacedBy,
        Optional<String> accepted,
        String publication,
        Instant at) {
    public Report {
        if (usageStart.isPresent() != usageEnd.isPresent()) {
            throw new IllegalArgumentException("report " + id + " has one end of its days only");
        }
        services = List.copyOf(services);
        totals = List.copyOf(totals);
        rejected = List.copyOf(rejected);
        replaces = List.copyOf(replaces);
    }

    /// The money of its rejected rows, by currency, as far as their amounts can be read.
    public List<RejectedTotal> rejectedMoney() {
        return rejected.stream().filter(total -> !total.isUnreadable()).toList();
    }

    /// How many of its rejected rows have an amount that can't be read, or can't be found.
    public long rejectedUnreadable() {
        return rejected.stream()
                .filter(RejectedTotal::isUnreadable)
                .mapToLong(RejectedTotal::rows)
                .sum();
    }

    /// The same report, in the place of others.
    public Report replacing(List<String> others) {
        return with(totals, rejected, others, accepted, publication);
    }

    /// The same report, made visible by the commit with this label.
    public Report publishedAs(String label) {
        return with(totals, rejected, replaces, accepted, label);
    }

    /// The same report, taken although something spoke against it.
    public Report accepting(String reason) {
        return with(totals, rejected, replaces, Optional.of(reason), publication);
    }

    /// The same report, with its money.
    Report withMoney(List<ReportTotal> landed, List<RejectedTotal> refused) {
        return with(landed, refused, replaces, accepted, publication);
    }

    private Report with(
            List<ReportTotal> newTotals,
            List<RejectedTotal> newRejected,
            List<String> newReplaces,
            Optional<String> newAccepted,
            String newPublication) {
        return new Report(
                id,
                sha256,
                bytes,
                name,
                layout,
                layoutSha256,
                sender,
                services,
                part,
                usageStart,
                usageEnd,
                counts,
                newTotals,
                newRejected,
                newReplaces,
                state,
                replacedBy,
                newAccepted,
                newPublication,
                at);
    }
}
