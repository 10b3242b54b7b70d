package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.lake.sales.SharedDays;
import dev.tactus.lake.sales.SharedDays.AgreeingRows;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.delivery.RedeliveryCheck.RedeliveryFinding;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.SizeChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out whether a delivery tells usage by other days that is there already: a quarter whose months are there,
/// months whose quarter is, or both in one file. No claim says so, since its days are a part of what is claimed.
///
/// Where the sum of the shorter ranges is that of the longer one, a person has to accept it; the last of several months
/// is the first that makes it so, and those before it are warned of.
final class SharedDaysCheck {
    /// So many cells that agree are no coincidence, however many there are.
    private static final int MANY = 10;
    private static final int TENTHS = 10;
    private static final int SHOWN = 5;

    private final Ledger ledger;
    private final SalesBatch batch;

    SharedDaysCheck(Ledger ledger, SalesBatch batch) {
        this.ledger = ledger;
        this.batch = batch;
    }

    /// Compares it with all that shares days with it, whoever has sent it, and with itself.
    ///
    /// @param replaces ids of the reports whose place it takes
    /// @param kept what comes in with it
    RedeliveryFinding find(Delivery delivery, List<String> replaces, List<Report> kept) {
        Report fresh = delivery.report();
        List<Report> others = Stream.concat(inLake(fresh, kept), kept.stream())
                .filter(other -> !other.id().equals(fresh.id())
                        && !replaces.contains(other.id())
                        && kept.stream().noneMatch(one -> one.replaces().contains(other.id()))
                        && !Collections.disjoint(other.services(), fresh.services()))
                .toList();
        Map<String, String> senders = new HashMap<>();
        senders.put(fresh.id(), fresh.sender());
        for (Report other : others) {
            senders.put(
                    other.id(),
                    senders.values().stream()
                            .filter(one -> SenderName.same(one, other.sender()))
                            .findFirst()
                            .orElse(other.sender()));
        }
        SharedDays found = batch.sharedDays(delivery.written(), fresh.id(), senders);
        if (found.met() == 0) {
            return RedeliveryFinding.NONE;
        }
        if (!isTheSame(found)) {
            return new RedeliveryFinding(List.of(), List.of(warning(found)), Optional.empty());
        }
        SizeChange change = change(found, fresh.id());
        return new RedeliveryFinding(List.of(objection(found, others, change)), List.of(), Optional.of(change));
    }

    /// A quarter that shares days with it brings its other months, too.
    private Stream<Report> inLake(Report fresh, List<Report> kept) {
        if (fresh.usageStart().isEmpty() || fresh.usageEnd().isEmpty()) {
            return Stream.empty();
        }
        LocalDate from = fresh.usageStart().get();
        LocalDate to = fresh.usageEnd().get();
        List<Report> near = Stream.concat(covering(from, to), kept.stream())
                .filter(other -> other.usageStart()
                                .filter(day -> !day.isAfter(to))
                                .isPresent()
                        && other.usageEnd().filter(day -> !day.isBefore(from)).isPresent())
                .toList();
        return covering(
                near.stream().flatMap(one -> one.usageStart().stream()).reduce(from, SharedDaysCheck::earlier),
                near.stream().flatMap(one -> one.usageEnd().stream()).reduce(to, SharedDaysCheck::later));
    }

    private Stream<Report> covering(LocalDate from, LocalDate to) {
        return ledger.reports().covering(from, to).stream().filter(one -> one.state() == ReportState.IMPORTED);
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean isTheSame(SharedDays found) {
        long fewer = found.theirs() == 0 ? found.ours() : Math.min(found.ours(), found.theirs());
        return found.agreed() > 0
                && found.agreed() * 2 >= found.met()
                && (found.agreed() >= MANY || found.agreed() * TENTHS >= fewer);
    }

    /// Where the file itself has both, its shorter ranges are what counts once.
    private static SizeChange change(SharedDays found, String fresh) {
        boolean alone = found.agreeing().stream().allMatch(one -> one.reportId().equals(fresh));
        return new SizeChange(
                size(found, one -> alone ? !one.longer() : !one.reportId().equals(fresh)), size(found, _ -> true));
    }

    private static SalesSize size(SharedDays found, Predicate<AgreeingRows> which) {
        return found.agreeing().stream().filter(which).map(AgreeingRows::size).reduce(SalesSize.NONE, SalesSize::plus);
    }

    private static String objection(SharedDays found, List<Report> others, SizeChange change) {
        List<String> named = others.stream()
                .filter(other ->
                        found.agreeing().stream().anyMatch(one -> one.reportId().equals(other.id())))
                .map(other ->
                        "report " + other.id() + " (" + other.sender() + ", " + days(other) + ", " + other.name() + ")")
                .toList();
        String range =
                new ReportingPeriod(found.first().getFirst(), found.first().getLast()).toString();
        return "it tells usage of " + range
                + (named.isEmpty()
                        ? " twice, as a whole and in parts"
                        : " as a whole or in" + " parts that is there the other way in " + shown(named))
                + ": "
                + (found.ours() == 1
                        ? "for its only combination"
                        : "for " + found.agreed() + " of its " + found.ours() + " combinations")
                + " of service, recording, territory and kind of usage the parts come to the units of the whole, which"
                + " would count twice, " + change.words()
                + (named.isEmpty() ? "" : ". Void what this one restates (tactus reports void)");
    }

    private static String shown(List<String> named) {
        List<String> words = new ArrayList<>(named.subList(0, Math.min(SHOWN, named.size())));
        if (named.size() > SHOWN) {
            words.add(named.size() - SHOWN + " more");
        }
        return words.stream().collect(Collectors.joining(", "));
    }

    private static String days(Report report) {
        return report.usageStart()
                .flatMap(from -> report.usageEnd().map(to -> new ReportingPeriod(from, to).toString()))
                .orElse("");
    }

    private static String warning(SharedDays found) {
        return (found.met() == 1 ? "1 combination" : found.met() + " combinations")
                + " of service, recording, territory and kind of usage "
                + (found.met() == 1 ? "is" : "are") + " told by ranges of days that differ and have days in common, in"
                + " this file or in reports that are there; all of it counts. Look whether it is the same usage twice";
    }
}
