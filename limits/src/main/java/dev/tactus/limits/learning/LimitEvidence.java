package dev.tactus.limits.learning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What has been answered so far, and the limits that explain it. Nanoseconds. Not thread-safe.
final class LimitEvidence {
    /// The windows that services are known to count over, the shortest first.
    static final List<Duration> USUAL_WINDOWS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private final List<Duration> windows;
    private final Duration usual;
    private final AnswerHistory history = new AnswerHistory();
    private Optional<Hypothesis.Starts> starts = Optional.empty();

    /// @param windows that are considered, the shortest first
    /// @param usual the one that is likeliest before anything was answered
    LimitEvidence(List<Duration> windows, Duration usual) {
        this.windows = List.copyOf(windows);
        this.usual = usual;
    }

    List<Duration> windows() {
        return windows;
    }

    Duration usual() {
        return usual;
    }

    void answered(long sentAt, long now, boolean accepted) {
        history.add(sentAt, now, accepted);
    }

    /// A limit that holds beside one that is held and kept, and explains the latest row of refusals to the call. The
    /// longest window that does not exceed the usual one is the likeliest, else the shortest.
    ///
    /// @param since where the row of refusals began: what was refused before was refused by the one that is held
    Optional<Hypothesis> beside(Duration held, long since) {
        List<Hypothesis> others = windows.stream()
                .filter(window -> !window.equals(held))
                .map(window -> Hypothesis.beside(history, window, since))
                .flatMap(Optional::stream)
                .toList();
        return Hypothesis.likeliest(others, usual);
    }

    /// The log over a window that is none of the usual ones which explains everything; the middle one of those that do.
    Optional<Hypothesis> fitted() {
        if (windows.size() == 1) {
            return Optional.empty();
        }
        List<Hypothesis> fits = new ArrayList<>();
        long window = windows.getFirst().toNanos();
        while (window < Tunables.LONGEST_FITTED_NANOS) {
            Duration tried = Duration.ofMillis(window / 1_000_000);
            Optional<Hypothesis> found = Hypothesis.log(history, tried);
            found.filter(log -> !log.blunt()).ifPresent(fits::add);
            if (found.isEmpty() && !fits.isEmpty()) {
                break;
            }
            window = (long) (window * Tunables.FITTED_STEP);
        }
        return fits.isEmpty() ? Optional.empty() : Optional.of(fits.get(fits.size() / 2));
    }

    /// What has been answered so far proves nothing any more.
    void disregard() {
        history.disregard();
    }

    /// How long answers have been proving something.
    long nanos(long now) {
        return history.evidenceNanos(now);
    }

    /// Whether many calls are under way: with one of them many would be refused.
    boolean crowded() {
        return history.crowd() > Tunables.FEW_IN_FLIGHT;
    }

    /// Where fixed windows start is not known any more.
    void forgetStarts() {
        starts = Optional.empty();
    }

    void believe(Hypothesis found) {
        starts = found.starts();
    }

    /// How long a higher ceiling has to hold until it is proven.
    long proofNanos(long windowNanos) {
        double proof = starts.isPresent() ? Tunables.PROOF_FIXED_WINDOWS : Tunables.PROOF_WINDOWS;
        return Math.max(Tunables.PROOF_NANOS, (long) (proof * windowNanos));
    }

    /// The limit that explains everything best.
    Optional<Hypothesis> likeliest() {
        return Hypothesis.likeliest(Hypothesis.all(history, windows), usual);
    }

    /// The limit to go on with after the first row of refusals. Windows that explain it equally well are told apart by
    /// the next one, or by its absence. Where the row was long the usual one is likelier than the shorter ones.
    ///
    /// @param row how long it lasted
    Optional<Hypothesis> first(long row) {
        List<Hypothesis> all = Hypothesis.all(history, windows);
        boolean open = Hypothesis.ambiguous(all) && row <= usual.toNanos() / Tunables.OF_USUAL_WINDOW;
        return open ? Optional.of(Hypothesis.boldest(all)) : Hypothesis.likeliest(all, usual);
    }

    /// The limit over that window.
    Optional<Hypothesis> over(Duration window) {
        return Hypothesis.of(history, window);
    }

    /// The same where windows start where they did before; what that tells of their start is kept.
    Optional<Hypothesis> overAsBefore(Duration window) {
        Optional<Hypothesis> found = Hypothesis.of(history, window, starts);
        starts = found.flatMap(Hypothesis::starts);
        return found;
    }

    /// A limit over another window, where none over `held` explains what was refused.
    ///
    /// @param longer whether a window longer than usual may be taken up: a real one shows with its first refusal,
    /// later it only looks as if it took long
    Optional<Hypothesis> overAnother(Duration held, boolean longer) {
        List<Hypothesis> others = Hypothesis.all(history, windows).stream()
                .filter(each -> !each.blunt())
                .filter(each -> longer || each.limit().window().compareTo(usual) <= 0)
                .toList();
        return Hypothesis.likeliest(others, held);
    }
}
