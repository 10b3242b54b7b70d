package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportingPeriod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    ReplacementCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Compares it with all that is there, but for other reports of the same delivery.
    ///
    /// @throws BadReport if only a person can tell and hasn't
    ReplacementDecision decide(Report fresh, Set<String> delivered, PreparedSales written, ImportOptions options) {
        List<String> replaces =
                new ArrayList<>(options.replace().map(this::named).stream().toList());
        List<String> beside = new ArrayList<>();
        for (Report earlier : candidates(fresh)) {
            if (replaces.contains(earlier.id()) || delivered.contains(earlier.id())) {
                continue;
            }
            boolean sameSender = same(earlier.sender(), fresh.sender());
            // another sender's statement goes by another date, whatever it is about
            Overlap overlap = written.overlap(earlier.id(), sameSender);
            if (overlap.common() == 0) {
                continue;
            }
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
                .filter(earlier -> !Collections.disjoint(earlier.services(), fresh.services()))
                .filter(earlier -> !(same(earlier.sender(), fresh.sender()) && otherPart(earlier, fresh)))
                .toList();
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

    private static boolean same(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static BadReport doubt(Report fresh, Report earlier, Overlap overlap) {
        Optional<String> days = earlier.usageStart()
                .flatMap(from -> earlier.usageEnd().map(to -> new ReportingPeriod(from, to).toString()));
        return new BadReport(fresh.name() + ": overlaps with report " + earlier.id() + " ("
                + earlier.sender() + ", " + days.orElse("") + ", " + earlier.name() + "): " + overlap.common()
                + " of its " + overlap.ours()
                + " combinations of service, recording, territory and days are also among that report's "
                + overlap.theirs() + ". Use --replace " + earlier.id()
                + " if it supersedes that report, or --beside if both count");
    }
}
