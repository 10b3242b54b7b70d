package dev.tactus.reconcile.statements;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Which sender owes which month by when.
///
/// It is stated in the configuration, or learned: a sender that has sent three months, in two files at least, owes
/// every month from the first
/// on, at the rhythm and with the delay it has kept, until it has sent nothing for half a year. A month counts as sent
/// with a tenth of the usual units, so that a few late sales in another month's statement do not pass for it.
public final class StatementCalendar {
    static final int USUAL_DAYS = 60;

    private static final int LEARNED_FROM = 3;
    private static final int ENDED_AFTER = 6;
    private static final int LONGEST_DELAY = 120;
    private static final int MARGIN = 5;
    private static final int LEAST_PARTS = 10;
    private static final int MOST_MONTHS = 120;
    private static final int HALF_A_MONTH = 15;

    private final Map<String, SenderHistory> senders;
    private final List<StatementRule> rules;
    private final ServiceSources services;
    private final LocalDate today;

    private StatementCalendar(
            Map<String, SenderHistory> senders, List<StatementRule> rules, ServiceSources services, LocalDate today) {
        this.senders = senders;
        this.rules = rules;
        this.services = services;
        this.today = today;
    }

    /// Reads what has been sent.
    public static StatementCalendar of(
            Ledger ledger, Lake lake, List<StatementRule> rules, ServiceSources services, Instant now, int megabytes) {
        Map<String, SenderHistory> senders = new TreeMap<>();
        Map<String, Optional<Report>> reports = new HashMap<>();
        try (Workbench bench = lake.workbench(megabytes)) {
            QueryRows.list(
                    bench,
                    SqlResource.of(StatementCalendar.class, "sent")
                            .insert("sales", bench.relation(TablePart.all(LakeTable.SALES)))
                            .text(),
                    row -> {
                        String sender = String.valueOf(row.get(0));
                        String report = String.valueOf(row.get(2));
                        Optional<LocalDate> came = reports.computeIfAbsent(report, ledger.reports()::find)
                                .map(one -> LocalDate.ofInstant(one.at(), ZoneOffset.UTC));
                        SenderHistory history = senders.computeIfAbsent(sender, _ -> new SenderHistory());
                        history.add(
                                services.name(String.valueOf(row.get(1))),
                                YearMonth.parse(String.valueOf(row.get(3))),
                                YearMonth.parse(String.valueOf(row.get(4))),
                                QueryRows.number(row.get(5)),
                                report,
                                came);
                        return report;
                    });
        }
        return new StatementCalendar(senders, rules, services, LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /// Every month that is owed, by sender and month, at most ten years of each.
    public List<ExpectedStatement> all() {
        List<ExpectedStatement> all = new ArrayList<>();
        Map<String, Optional<StatementRule>> names = new TreeMap<>();
        senders.keySet()
                .forEach(sender -> names.put(
                        sender, rules.stream().filter(rule -> rule.isOf(sender)).findFirst()));
        rules.stream()
                .filter(rule -> senders.keySet().stream().noneMatch(rule::isOf))
                .forEach(rule -> names.put(rule.sender(), Optional.of(rule)));
        names.forEach((sender, rule) ->
                all.addAll(rule.map(said -> stated(sender, said)).orElseGet(() -> learned(sender))));
        return all;
    }

    /// What is owed for a source's period: by every sender that tells of its usage.
    public List<ExpectedStatement> owed(String source, Period period) {
        return all().stream()
                .filter(one -> tellsOf(one.sender(), source))
                .filter(one -> days(one.month(), period) >= HALF_A_MONTH)
                .toList();
    }

    /// Whether everything that is owed for a source's period is there; no where no statements are expected.
    public boolean isOut(String source, Period period) {
        List<ExpectedStatement> owed = owed(source, period);
        return !owed.isEmpty() && owed.stream().noneMatch(ExpectedStatement::isMissing);
    }

    private boolean tellsOf(String sender, String source) {
        return rules.stream()
                .filter(rule -> rule.isOf(sender) && !rule.services().isEmpty())
                .findFirst()
                .map(rule -> rule.services().stream()
                        .anyMatch(service -> services.name(service).equals(source)))
                .orElseGet(() -> Optional.ofNullable(senders.get(sender))
                        .map(history -> history.tellsOf(source))
                        .orElse(true));
    }

    private static long days(YearMonth month, Period period) {
        LocalDate from = month.atDay(1).isBefore(period.from()) ? period.from() : month.atDay(1);
        LocalDate to = month.atEndOfMonth().isAfter(period.to()) ? period.to() : month.atEndOfMonth();
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    private List<ExpectedStatement> stated(String sender, StatementRule rule) {
        NavigableMap<YearMonth, SenderHistory.Month> sent = sent(sender);
        YearMonth last = rule.to().filter(to -> to.isBefore(lastOver())).orElse(lastOver());
        Optional<YearMonth> first =
                rule.from().or(() -> sent.isEmpty() ? Optional.empty() : Optional.of(sent.firstKey()));
        return first.map(from -> months(
                        sender,
                        true,
                        from,
                        last,
                        _ -> true,
                        month -> rule.months() == 1
                                ? month.atEndOfMonth().plusDays(rule.days())
                                : quarterEnd(month).atEndOfMonth().plusDays(rule.days())))
                .orElse(List.of());
    }

    private static YearMonth quarterEnd(YearMonth month) {
        int beyond = (month.getMonthValue() - 1) % StatementRule.QUARTER;
        return month.plusMonths(StatementRule.QUARTER - 1L - beyond);
    }

    private List<ExpectedStatement> learned(String sender) {
        NavigableMap<YearMonth, SenderHistory.Month> sent = sent(sender);
        if (sent.size() < LEARNED_FROM
                || isOfOneFile(sent)
                || sent.lastKey().plusMonths(ENDED_AFTER).isBefore(lastOver())) {
            return List.of();
        }
        long step = rhythm(sent);
        YearMonth first = sent.firstKey();
        int delay = delay(sent);
        return months(
                sender,
                false,
                first,
                lastOver(),
                month -> sent.containsKey(month) || ChronoUnit.MONTHS.between(first, month) % step == 0,
                month -> month.atEndOfMonth().plusDays(delay));
    }

    /// One file with years of usage tells nothing of when the next one comes.
    private static boolean isOfOneFile(NavigableMap<YearMonth, SenderHistory.Month> sent) {
        return sent.values().stream()
                        .flatMap(month -> month.reports().stream())
                        .distinct()
                        .count()
                < 2;
    }

    /// The months between two statements, as a rule.
    private static long rhythm(NavigableMap<YearMonth, SenderHistory.Month> sent) {
        List<YearMonth> months = List.copyOf(sent.keySet());
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < months.size(); i++) {
            steps.add(ChronoUnit.MONTHS.between(months.get(i - 1), months.get(i)));
        }
        return steps.stream().sorted().skip((steps.size() - 1) / 2).findFirst().orElse(1L);
    }

    /// The longest of the last delays, without those of statements that were brought in long afterwards.
    private static int delay(NavigableMap<YearMonth, SenderHistory.Month> sent) {
        return sent.descendingMap().entrySet().stream()
                .flatMap(month -> month.getValue().came().stream()
                        .map(came -> ChronoUnit.DAYS.between(month.getKey().atEndOfMonth(), came)))
                .filter(days -> days <= LONGEST_DELAY)
                .limit(ENDED_AFTER)
                .mapToInt(days -> Math.toIntExact(Math.max(0, days)) + MARGIN)
                .max()
                .orElse(USUAL_DAYS);
    }

    private List<ExpectedStatement> months(
            String sender,
            boolean stated,
            YearMonth from,
            YearMonth to,
            Function<YearMonth, Boolean> owes,
            Function<YearMonth, LocalDate> dueBy) {
        NavigableMap<YearMonth, SenderHistory.Month> sent = sent(sender);
        YearMonth earliest = to.minusMonths(MOST_MONTHS);
        List<ExpectedStatement> months = new ArrayList<>();
        for (YearMonth month = from.isBefore(earliest) ? earliest : from;
                !month.isAfter(to);
                month = month.plusMonths(1)) {
            if (owes.apply(month)) {
                Optional<SenderHistory.Month> there = Optional.ofNullable(sent.get(month));
                LocalDate due = dueBy.apply(month);
                months.add(new ExpectedStatement(
                        sender,
                        month,
                        due,
                        stated,
                        there.isPresent()
                                ? ExpectedStatement.State.RECEIVED
                                : today.isAfter(due) ? ExpectedStatement.State.LATE : ExpectedStatement.State.AWAITED,
                        there.flatMap(SenderHistory.Month::came),
                        there.map(SenderHistory.Month::reports)
                                .<List<String>>map(List::copyOf)
                                .orElse(List.of())));
            }
        }
        return months;
    }

    private NavigableMap<YearMonth, SenderHistory.Month> sent(String sender) {
        return Optional.ofNullable(senders.get(sender))
                .map(history -> history.sent(LEAST_PARTS))
                .orElseGet(TreeMap::new);
    }

    /// The last month that is over.
    private YearMonth lastOver() {
        return YearMonth.from(today).minusMonths(1);
    }

    /// What is missing of these, for a person.
    public static List<String> missing(Collection<ExpectedStatement> owed) {
        return owed.stream()
                .filter(ExpectedStatement::isMissing)
                .map(ExpectedStatement::words)
                .toList();
    }
}
