package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.PreparedSales.Likeness;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import dev.tactus.lake.sales.PreparedSales.Repetition;
import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.SizeChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds out whether a delivery's rows are there already, from the same sender under another statement, or on another
/// sheet of the same file: they would count twice, and no claim says so, since a statement is part of what is claimed.
///
/// Rows are the same with the same units and money; a later statement that adjusts what an earlier one said has others.
/// On two sheets of one file, such as a draft and the final one, the same units are enough: both can't be right.
/// Rows of zero count for nothing.
final class RedeliveryCheck {
    private static final int NEARLY_ALL_TENTHS = 9;
    private static final int TENTHS = 10;
    /// From so many rows on, half of them are no coincidence.
    private static final int MANY = 10;
    /// Where the days differ too, rows that are all alike tell nothing, such as a fee that is the same each month.
    private static final int DIFFERENT = 5;

    /// What was found.
    ///
    /// @param change what would be there, beside the report that has the rows already
    record RedeliveryFinding(List<String> objections, List<String> warnings, Optional<SizeChange> change) {
        static final RedeliveryFinding NONE = new RedeliveryFinding(List.of(), List.of(), Optional.empty());
    }

    private final SalesBatch batch;
    private final List<Report> inLake;

    RedeliveryCheck(Ledger ledger, SalesBatch batch) {
        this.batch = batch;
        this.inLake = ledger.reports().list().stream()
                .filter(report -> report.state() == ReportState.IMPORTED)
                .toList();
    }

    /// Compares it with what its sender has sent before, and with what comes in with it.
    ///
    /// @param siblings ids of reports of the same file
    /// @param replaces ids of the reports whose place it takes
    /// @param kept what comes in with it
    RedeliveryFinding find(Delivery fresh, Set<String> siblings, List<String> replaces, List<Delivery> kept) {
        List<Report> others = Stream.concat(inLake.stream(), kept.stream().map(Delivery::report))
                .filter(other -> SenderName.same(other.sender(), fresh.report().sender())
                        && !Collections.disjoint(
                                other.services(), fresh.report().services())
                        && !replaces.contains(other.id())
                        && kept.stream()
                                .noneMatch(one -> one.report().replaces().contains(other.id())))
                .toList();
        List<Report> near = others.stream()
                .filter(other -> siblings.contains(other.id()) || shareDays(other, fresh.report()))
                .toList();
        Map<String, Repetition> repetitions =
                new HashMap<>(batch.repetitions(fresh.written(), ids(near), Likeness.ALL, siblings));
        repetitions.values().removeIf(one -> !isRepeated(one));
        if (repetitions.isEmpty()) {
            repetitions.putAll(batch.repetitions(fresh.written(), ids(near), Likeness.NAMES, siblings));
            repetitions.values().removeIf(one -> !isRepeated(one));
            if (!repetitions.isEmpty()) {
                return repeated(fresh, others, repetitions, siblings, kept, Likeness.NAMES);
            }
            List<Report> sheets =
                    near.stream().filter(other -> siblings.contains(other.id())).toList();
            repetitions.putAll(batch.repetitions(fresh.written(), ids(sheets), Likeness.OTHER_MONEY, siblings));
            repetitions.values().removeIf(one -> !isNearlyAll(one));
            if (!repetitions.isEmpty()) {
                return repeated(fresh, others, repetitions, siblings, kept, Likeness.OTHER_MONEY);
            }
            List<Report> alike = others.stream()
                    .filter(other -> !near.contains(other) && isAsLong(other, fresh.report()))
                    .toList();
            repetitions.putAll(batch.repetitions(fresh.written(), ids(alike), Likeness.OTHER_DAYS, siblings));
            repetitions.values().removeIf(one -> !isShifted(one));
        }
        return repetitions.isEmpty()
                ? new RedeliveryFinding(List.of(), restated(fresh, near, siblings), Optional.empty())
                : repeated(fresh, others, repetitions, siblings, kept, Likeness.ALL);
    }

    private RedeliveryFinding repeated(
            Delivery fresh,
            List<Report> others,
            Map<String, Repetition> repetitions,
            Set<String> siblings,
            List<Delivery> kept,
            Likeness alike) {
        List<String> objections = new ArrayList<>();
        Optional<SizeChange> first = Optional.empty();
        for (Report other : others) {
            Repetition repetition = repetitions.get(other.id());
            if (repetition == null) {
                continue;
            }
            SalesSize before = kept.stream()
                    .filter(one -> one.report().id().equals(other.id()))
                    .map(Delivery::size)
                    .findFirst()
                    .orElseGet(() -> batch.sizes(List.of(other.id())).getOrDefault(other.id(), SalesSize.NONE));
            SizeChange change = new SizeChange(before, before.plus(fresh.size()));
            first = first.or(() -> Optional.of(change));
            objections.add(words(other, repetition, siblings.contains(other.id()), alike, change));
        }
        return new RedeliveryFinding(objections, List.of(), first);
    }

    private static String words(
            Report other, Repetition repetition, boolean sibling, Likeness alike, SizeChange change) {
        String place = sibling
                ? "on another sheet of the file, too (" + other.name() + ")"
                : "in report " + other.id() + " already (" + other.sender() + ", " + other.name() + ")";
        String statements = sibling || repetition.theirStatement().equals(repetition.statement())
                ? ""
                : ", " + statement(repetition.theirStatement()) + " and not " + statement(repetition.statement());
        String where = place
                + statements
                + (alike == Likeness.NAMES ? ", told by their titles, as one of the two has no ISRCs" : "");
        String amounts = alike == Likeness.OTHER_MONEY ? "the same units but other money" : "the same units and money";
        return (repetition.ours() == 1
                        ? "its only row is " + where + ", with " + amounts + ": it"
                        : repetition.common() + " of its " + repetition.ours()
                                + (repetition.common() == 1 ? " rows is " : " rows are ") + where
                                + ", with " + amounts + ": " + (repetition.common() == 1 ? "it" : "they"))
                + " would count twice, " + change.words()
                + (alike == Likeness.OTHER_MONEY
                        ? ". Take the sheet that does not count out of the file"
                        : sibling ? "" : ". Use --replace " + other.id() + " if this one is right");
    }

    private static String statement(String name) {
        return name.isEmpty() ? "of no statement" : "of the statement " + name;
    }

    /// Where a later statement says all of an earlier one again with other amounts, that may be how the sender adjusts,
    /// or a restatement: only a person can tell.
    private List<String> restated(Delivery fresh, List<Report> near, Set<String> siblings) {
        List<Report> earlier =
                near.stream().filter(one -> !siblings.contains(one.id())).toList();
        Map<String, Overlap> overlaps = batch.overlaps(fresh.written(), ids(earlier), false);
        return earlier.stream()
                .filter(one -> Optional.ofNullable(overlaps.get(one.id()))
                        .filter(overlap -> overlap.theirs() >= MANY
                                && overlap.common() * TENTHS >= overlap.theirs() * NEARLY_ALL_TENTHS)
                        .isPresent())
                .map(one -> "it says something else about nearly all that report " + one.id() + " (" + one.name()
                        + ") is about, in another statement; both count. If it restates that report, void it and use"
                        + " --replace " + one.id())
                .toList();
    }

    private static boolean isRepeated(Repetition one) {
        long fewer = Math.min(one.ours(), one.theirs());
        return isNearlyAll(one) || (one.common() * 2 >= fewer && one.common() >= MANY);
    }

    private static boolean isNearlyAll(Repetition one) {
        return one.common() * TENTHS >= one.ours() * NEARLY_ALL_TENTHS
                || (one.common() * TENTHS >= one.theirs() * NEARLY_ALL_TENTHS && one.theirs() >= MANY);
    }

    private static boolean isShifted(Repetition one) {
        return one.common() * TENTHS >= Math.max(one.ours(), one.theirs()) * NEARLY_ALL_TENTHS
                && one.common() >= MANY
                && one.amounts() >= DIFFERENT;
    }

    private static boolean shareDays(Report one, Report other) {
        return one.usageStart().isPresent()
                && one.usageEnd().isPresent()
                && other.usageStart().isPresent()
                && other.usageEnd().isPresent()
                && !one.usageStart().get().isAfter(other.usageEnd().get())
                && !other.usageStart().get().isAfter(one.usageEnd().get());
    }

    private static boolean isAsLong(Report one, Report other) {
        long rows = one.counts().landed();
        long others = other.counts().landed();
        return others >= MANY && Math.abs(rows - others) * TENTHS <= others;
    }

    private static Collection<String> ids(List<Report> reports) {
        return reports.stream().map(Report::id).toList();
    }
}
