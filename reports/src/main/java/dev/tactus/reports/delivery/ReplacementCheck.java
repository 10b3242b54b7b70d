package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.SenderName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds out whether a report takes the place of an earlier one, stands beside it, or whether only a person can tell.
///
/// A row claims something: that a service used a recording in a territory, in a way, on some days, by a statement.
/// Reports that make no claim in common stand beside one another: other territories, other labels, other parts of a
/// set, the late sales of the next statement. A report of the same sender and about the same days that makes at least
/// half of an earlier one's claims again is its correction and replaces it. Everything else, above all the same usage
/// reported by two senders, would count something twice or lose it if guessed.
final class ReplacementCheck {
    /// What becomes of earlier reports.
    ///
    /// @param replaces ids of the reports whose place it takes
    /// @param beside ids of reports that claim some of the same and stay
    record ReplacementDecision(List<String> replaces, List<String> beside) {}

    private final Ledger ledger;
    private final SalesBatch batch;

    ReplacementCheck(Ledger ledger, SalesBatch batch) {
        this.ledger = ledger;
        this.batch = batch;
    }

    /// Whether a report claims some of what one claims that comes in with it: that one has to be in the lake first.
    boolean overlapsKept(Report fresh, Set<String> delivered, PreparedSales written, List<Report> kept) {
        List<Report> others = kept.stream()
                .filter(one -> isCandidate(one, fresh) && !delivered.contains(one.id()))
                .toList();
        return overlaps(
                        fresh,
                        others,
                        _ -> batch.overlapsKept(written, true),
                        _ -> batch.overlapsOfSendersKept(written))
                .keySet()
                .stream()
                .anyMatch(id -> others.stream().anyMatch(one -> one.id().equals(id)));
    }

    /// Another sender's statement goes by another date, whatever it is about, and may tell recordings by other words.
    private static Map<String, Overlap> overlaps(
            Report fresh,
            List<Report> others,
            Function<List<String>, Map<String, Overlap>> ofSender,
            Function<List<String>, Map<String, Overlap>> ofOthers) {
        Map<String, Overlap> overlaps = new HashMap<>();
        Map<Boolean, List<Report>> bySameSender = others.stream()
                .collect(Collectors.partitioningBy(other -> SenderName.same(other.sender(), fresh.sender())));
        bySameSender.forEach((same, reports) -> {
            if (!reports.isEmpty()) {
                Map<String, Overlap> found = (same ? ofSender : ofOthers)
                        .apply(reports.stream().map(Report::id).toList());
                reports.forEach(report -> {
                    Overlap overlap = found.get(report.id());
                    if (overlap != null) {
                        overlaps.put(report.id(), overlap);
                    }
                });
            }
        });
        return overlaps;
    }

    /// Compares it with all that is there, but for other reports of the same delivery.
    ///
    /// @throws BadReport if only a person can tell and hasn't
    ReplacementDecision decide(Report fresh, Set<String> delivered, PreparedSales written, ImportOptions options) {
        List<String> replaces =
                new ArrayList<>(options.replace().map(this::named).stream().toList());
        List<String> beside = new ArrayList<>();
        List<Report> candidates = candidates(fresh).stream()
                .filter(earlier -> !replaces.contains(earlier.id()) && !delivered.contains(earlier.id()))
                .toList();
        Map<String, Overlap> overlaps = overlaps(
                fresh,
                candidates,
                ids -> batch.overlaps(written, ids, true),
                ids -> batch.overlapsOfSenders(written, ids));
        for (Report earlier : candidates) {
            Overlap overlap = overlaps.get(earlier.id());
            if (overlap == null) {
                continue;
            }
            boolean sameSender = SenderName.same(earlier.sender(), fresh.sender());
            if (options.beside() || (!sameSender && isSlight(overlap))) {
                beside.add(earlier.id());
            } else if (options.replace().isEmpty() && sameSender && isCorrection(fresh, earlier, overlap)) {
                replaces.add(earlier.id());
            } else {
                throw doubt(fresh, earlier, overlap);
            }
        }
        return new ReplacementDecision(List.copyOf(replaces), List.copyOf(beside));
    }

    private String named(String part) {
        Report report = ledger.reports()
                .search(part)
                .orElseThrow(() -> new BadReport("--replace " + part
                        + ": no report, or more than one, matches this id; see tactus reports list"));
        if (report.state() != ReportState.IMPORTED) {
            throw new BadReport("--replace " + part + ": report " + report.id() + " is already "
                    + report.state().label());
        }
        return report.id();
    }

    private List<Report> candidates(Report fresh) {
        if (fresh.usageStart().isEmpty() || fresh.usageEnd().isEmpty()) {
            return List.of();
        }
        return ledger
                .reports()
                .covering(fresh.usageStart().get(), fresh.usageEnd().get())
                .stream()
                .filter(earlier -> isCandidate(earlier, fresh))
                .toList();
    }

    private static boolean isCandidate(Report earlier, Report fresh) {
        return !Collections.disjoint(earlier.services(), fresh.services())
                && !(SenderName.same(earlier.sender(), fresh.sender()) && otherPart(earlier, fresh));
    }

    private static boolean otherPart(Report one, Report other) {
        return !one.part().isEmpty() && !other.part().isEmpty() && !one.part().equals(other.part());
    }

    private static boolean isCorrection(Report fresh, Report earlier, Overlap overlap) {
        return earlier.layout().equals(fresh.layout())
                && earlier.usageStart().equals(fresh.usageStart())
                && earlier.usageEnd().equals(fresh.usageEnd())
                && overlap.common() * 2 >= overlap.theirs();
    }

    private static boolean isSlight(Overlap overlap) {
        return overlap.common() * 10 < Math.min(overlap.ours(), overlap.theirs());
    }

    private static BadReport doubt(Report fresh, Report earlier, Overlap overlap) {
        Optional<String> days = earlier.usageStart()
                .flatMap(from -> earlier.usageEnd().map(to -> new ReportingPeriod(from, to).toString()));
        return new BadReport(fresh.name() + ": overlaps with report " + earlier.id() + " ("
                + earlier.sender() + ", " + days.orElse("") + ", " + earlier.name() + "): "
                + (overlap.ours() == 1
                        ? "its only combination"
                        : overlap.common() + " of its " + overlap.ours() + " combinations")
                + " of service, recording, territory and days "
                + (overlap.common() == 1 ? "is" : "are") + " also among that report's " + overlap.theirs()
                + ". Use --replace " + earlier.id()
                + " if it supersedes that report, or --beside if both count");
    }
}
