package dev.tactus.reports.rows;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ConventionVerdict;
import dev.tactus.reports.convention.PossibleDays;
import dev.tactus.reports.sums.CurrencySum;
import dev.tactus.reports.sums.DeductionSums;
import dev.tactus.reports.sums.RejectedMoney;
import dev.tactus.reports.sums.RepeatedRows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a report's rows come to while they are read: each is landed, rejected or skipped. Not thread-safe.
public final class ImportStatistics {
    private static final int REASONS = 50;
    private static final int MOST_OBJECTIONS = 5;
    private static final Pattern VALUE = Pattern.compile("'.*?'");

    private long read;
    private long landed;
    private long rejected;
    private long skipped;
    private BigInteger lineSum = BigInteger.ZERO;
    private long lines;
    private BigInteger quantitySum = BigInteger.ZERO;
    private long quantity;
    private long mostUnits;
    private final Map<String, CurrencySum> sums = new TreeMap<>();
    private final TreeSet<String> services = new TreeSet<>();
    private Optional<LocalDate> first = Optional.empty();
    private Optional<LocalDate> last = Optional.empty();
    private final Map<String, Long> reasons = new TreeMap<>();
    /// By kind of reason, the first of them.
    private final Map<String, String> firsts = new HashMap<>();
    private final Map<String, Long> notes = new TreeMap<>();
    private final ControlTotals controlTotals = new ControlTotals(this);
    private final RejectedMoney rejectedMoney = new RejectedMoney();
    private final DeductionSums deductions = new DeductionSums();
    private long deducted;
    private final RepeatedRows repeated = new RepeatedRows();
    private ConventionVerdict conventions = ConventionVerdict.none();
    private final PossibleDays days;
    private Optional<String> rivals = Optional.empty();
    private final List<String> objections = new ArrayList<>();

    /// @param today the day of the import
    public ImportStatistics(LocalDate today) {
        this.days = new PossibleDays(today);
    }

    void skip() {
        read++;
        skipped++;
    }

    /// A row that is nothing but a deduction.
    void deduct(DeductionKind kind, Optional<String> currency, BigDecimal amount) {
        read++;
        deducted++;
        deductions.addRow(kind, currency, amount);
    }

    /// A row of a record that is no sale, and says in a column what is taken off.
    void deductedInColumns() {
        read++;
        deducted++;
    }

    /// What stands in a column beside what a row is besides.
    void deductBeside(DeductionKind kind, Optional<String> currency, BigDecimal amount) {
        deductions.addBeside(kind, currency, amount);
    }

    void reject(ReportField field, String reason) {
        read++;
        rejected++;
        // the same fault of other values is the same reason; the first value stands for all
        String kind = field.label() + VALUE.matcher(reason).replaceAll("");
        if (reasons.size() < REASONS || reasons.containsKey(kind)) {
            firsts.putIfAbsent(kind, field.label() + ": " + reason);
            reasons.merge(kind, 1L, Long::sum);
        }
    }

    void land(long line, long sold) {
        read++;
        landed++;
        // sums of many longs, brought to safety before they can overflow
        lines += line;
        if (lines > Long.MAX_VALUE >> 2) {
            lineSum = lineSum.add(BigInteger.valueOf(lines));
            lines = 0;
        }
        mostUnits = Math.max(mostUnits, sold);
        if (Math.abs(sold) > Integer.MAX_VALUE || Math.abs(quantity) > Long.MAX_VALUE >> 2) {
            quantitySum = quantitySum.add(BigInteger.valueOf(sold));
        } else {
            quantity += sold;
        }
    }

    /// Of any row so far.
    long mostUnits() {
        return mostUnits;
    }

    /// Of the days and services of rows that land.
    void covers(Optional<String> service, LocalDate from, LocalDate to) {
        service.ifPresent(services::add);
        first = first.filter(day -> day.isBefore(from)).or(() -> Optional.of(from));
        last = last.filter(day -> day.isAfter(to)).or(() -> Optional.of(to));
    }

    void note(String what) {
        notes.merge(what, 1L, Long::sum);
    }

    CurrencySum sum(String currency) {
        return sums.computeIfAbsent(currency, CurrencySum::new);
    }

    public ControlTotals controlTotals() {
        return controlTotals;
    }

    public RejectedMoney rejectedMoney() {
        return rejectedMoney;
    }

    public DeductionSums deductions() {
        return deductions;
    }

    RepeatedRows repeated() {
        return repeated;
    }

    /// Two columns may both be meant, and say different things.
    void rivals(String what) {
        rivals = rivals.or(() -> Optional.of(what));
    }

    /// What stands in two columns, either of which the layout may mean; absent where nothing does.
    public Optional<String> rivals() {
        return rivals;
    }

    /// What of the file a person has to accept; the first few stand for all.
    void object(String what) {
        if (objections.size() < MOST_OBJECTIONS && !objections.contains(what)) {
            objections.add(what);
        }
    }

    /// What a person has to accept, because money may be missing or misread.
    public List<String> objections() {
        return List.copyOf(objections);
    }

    void decide(ConventionVerdict finding) {
        conventions = finding;
    }

    /// What the whole file tells of how its columns are written.
    public ConventionVerdict conventions() {
        return conventions;
    }

    /// What people should know of the whole file, besides its rows.
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(conventions.remarks());
        repeated.remark().ifPresent(remarks::add);
        if (landed == 0 && rejected == 0 && deducted == 0) {
            remarks.add("there are no rows of sales in it");
        }
        return remarks;
    }

    /// The sums of the amounts in each currency.
    List<BigDecimal> amounts() {
        return sums.values().stream().map(sum -> sum.total().reported()).toList();
    }

    public PossibleDays days() {
        return days;
    }

    public long landed() {
        return landed;
    }

    public long rejected() {
        return rejected;
    }

    public ReportCounts counts() {
        return new ReportCounts(read, landed, deducted, rejected, skipped);
    }

    public BigInteger lineSum() {
        return lineSum.add(BigInteger.valueOf(lines));
    }

    public BigInteger quantity() {
        return quantitySum.add(BigInteger.valueOf(quantity));
    }

    BigDecimal amount() {
        return sums.values().stream().map(sum -> sum.total().reported()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public List<ReportTotal> totals() {
        return sums.values().stream()
                .filter(sum -> sum.rows() > 0)
                .map(CurrencySum::total)
                .toList();
    }

    public List<String> services() {
        return List.copyOf(services);
    }

    public Optional<LocalDate> first() {
        return first;
    }

    public Optional<LocalDate> last() {
        return last;
    }

    /// Why rows were rejected and how many each, the most frequent first.
    public List<Map.Entry<String, Long>> reasons() {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(e -> Map.entry(firsts.getOrDefault(e.getKey(), e.getKey()), e.getValue()))
                .toList();
    }

    public Map<String, Long> notes() {
        return Map.copyOf(notes);
    }
}
