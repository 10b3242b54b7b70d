package dev.tactus.limits.learning;

import java.time.Duration;

/// The constants of the learner that were chosen rather than derived, and where each of them is at work.
///
/// The last column names the column of the table of `bench/run utilisation` (docs/benchmarks.md) where the constant is
/// at work: change it, and look there. *Fixed* is the row of the fixed window, *W* that of an unknown window, *0.1 %*
/// that of tolerated refusals.
///
/// | constant | why | where it is at work |
/// | --- | --- | --- |
/// | `SATURATED` | a limit is put to the test only where this share of it is used | 150 |
/// | `EVIDENCE_CALLS` | calls remembered: two windows of 1,000, and of most others an hour | 1,000 |
/// | `RECENT_CALLS` | calls that tell how many are in flight at present | 50/5 |
/// | `FEW_IN_FLIGHT` | more than these are refused together with the first | 100/s |
/// | `STARTS` | how finely the start of a fixed window is searched for | 150→100→200, fixed |
/// | `SHARP` | a count known this closely says what is allowed | 50/5, fixed |
/// | `BLUNT` | a count of fewer than this many times its error may be chance | 1,000, W |
/// | `NEXT_TO_NOTHING` | calls out of order that any answer is allowed | stranger |
/// | `SHUFFLED` | one call in so many may arrive out of order, at most | 100/s |
/// | `FEW_COUNTED` | so few calls are counted that it matters which of them had left | none: `LearnedRateTest` |
/// | `WIDE` | errors by which two counts must differ to contradict | 100/s |
/// | `OF_USUAL_WINDOW` | part of the usual window a row lasts if that window is the one | 50/5, W |
/// | `DISTURBED` | unprovoked refusals after which no other window is believed | stranger, W |
/// | `PROBE_DIVISOR` | a probe goes so far beyond that a limit that stands refuses it | 150 |
/// | `CROWDED_PROBE_DIVISOR` | the same where all calls in flight are refused with the first | 100/s |
/// | `RECOVERY_DIVISOR` | steps back to what was allowed before | 150→100→200 |
/// | `STEP_GROWTH` | after a probe that held, the next is so much larger | 150→100→200 |
/// | `PROOF_NANOS` | shorter than this nothing is proven | 100/s |
/// | `PROOF_WINDOWS` | a log or counter has forgotten what was before the probe | 150 |
/// | `PROOF_FIXED_WINDOWS` | a fixed window refuses in none but its own | 1,000, fixed |
/// | `BELOW_BEST` | under this share of the best, more is likely to be allowed again | 150→100→200 |
/// | `NEAR_PERMITS` | so few calls below a refusal are not worth another | 50/5 |
/// | `WORTHWHILE` | a gain that is worth a refusal | 1,000, fixed, W |
/// | `FIRST_PROBE_NANOS` | a probe costs a refusal: not before the share of it is small | 150 |
/// | `SOON_NANOS` | the same where what is kept is old or doubtful | stranger |
/// | `PROBE_GROWTH` | each failed probe makes the next so much rarer | 150 |
/// | `LONGEST_PROBE_NANOS` | limits move within hours | 150 |
/// | `BELOW_BEST_PROBE_NANOS` | the same while less is kept than once was allowed | 150→100→200 |
/// | `REFUSAL_PRICE_NANOS` | each further refusal that a probe cost puts off the next | 100/s, fixed |
/// | `OLD_NANOS` | a ceiling learned before this may have moved | none: `RestartTest` |
/// | `BACK_OFF` | given up after a refusal that does not say how much is allowed | stranger |
/// | `REST_GAPS` | calls' time after which one refusal is over, as a rule | 150→100→200 |
/// | `SHORT_WINDOW_NANOS` | windows up to this are not waited for one by one | 100/s, W |
/// | `LONGER_WINDOW` | a longer window is waited out next only if it is so many times as long | none:
/// `LearnedWindowTest` |
/// | `FADING` | part of a window after which a counter has faded by a call, beside the window | none:
/// `LearnedWindowTest` |
/// | `FITTED_STEP` | windows that are fitted are tried so many times as long as the next shorter | none:
/// `LearnedWindowTest` |
/// | `LONGEST_FITTED_NANOS` | none longer than this is fitted | none: `LearnedWindowTest` |
/// | `CONTENDED_REST_GAPS` | beside others a refusal says little about the next call | stranger |
/// | `CONTENDED_AFTER` | unprovoked refusals that show that others use the quota | stranger |
/// | `UNEXPLAINED_WEIGHT` | one that no limit explains counts so often | stranger |
/// | `REMEMBERED_WINDOWS` | windows for which they count | stranger |
/// | `REMEMBERED_NANOS` | time for which they count at least | 50/5 |
/// | `YOUNG_NANOS` | limits seldom move so soon; others are there from the start | stranger |
/// | `ALONE_REFUSALS` | refusals after which contention is judged anew | 150→100→200 |
/// | `ALONE_WINDOWS` | windows after which it is | 150→100→200 |
/// | `CONTENDED_REFUSED` | share of calls refused that the level settles at | stranger |
/// | `CONTENDED_STRIDE` | part of the level that a refusal takes for good | stranger |
/// | `CONTENDED_LEAST` | permits that it takes at least | stranger |
/// | `CONTENDED_DIP` | part of the level that it takes for a moment | stranger |
/// | `DEEPEST_DIP` | part of the level that all of them take at most | stranger |
/// | `DIPS_IN_A_WINDOW` | how often in a window a dip is made good | stranger |
/// | `HEAD_START` | accepted calls whose rise a level has that begins low | stranger |
/// | `MOST_SHARERS` | no smaller part of the limit is begun with | none: `SharedQuotaTest` |
/// | `USUAL_SHARERS` | how many share a quota, where nothing else tells | none: `SharedQuotaTest` |
/// | `NEARLY_ALL` | part of a known limit below which nobody is alone with it | none: `SharedQuotaTest` |
/// | `YOUNG_WINDOWS` | windows after which no call from before the start fills a known limit | none: `SharedQuotaTest`
/// |
/// | `OTHERS_WEIGHT` | weight of the latest count at a refusal | stranger |
/// | `OTHERS_SEEN` | refusals before others are judged | stranger |
/// | `RESTLESS` | variance of the counts, as a part of what others use, from which on they call at random | stranger |
/// | `EARLY_REFUSED` | share of calls refused at a level of one, before that | stranger |
/// | `STEADY_REFUSED` | the same beside others that pace themselves | none: `SharedQuotaTest` |
/// | `LEVELLED` | power of the level that divides it: the higher, the sooner all have the same | none:
/// `SharedQuotaTest` |
/// | `MOST_REFUSED_OF_FEW` | share of calls refused to who has very little | none: `SharedQuotaTest` |
/// | `FIRST_STRIDES` | the first refusal takes one part in so many, the next ones less | none: `SharedQuotaTest` |
/// | `AIMED_OF_TOLERATED` | part of the refusals tolerated that is aimed for | 100/s, 0.1 % |
/// | `TOLERANT_STRIDE` | part of the level that a tolerated refusal takes | 100/s, 0.1 % |
/// | `TOLERANT_LEAST` | permits that it takes at least | 50/5, 0.1 % |
/// | `CATCH_UP` | part of a limit that is told that may be made good at once after idling | none: `IdleClientTest` |
/// | `LONGEST_BURST` | the longest window of which headers let all go at once | none: `StatedCeilingTest` |
/// | `ABOVE_KNOWN` | the most that is tried above a known limit | 100/s, 0.1 % |
/// | `RATE_ROWS` | rows of refusals after which a bucket is looked for: as many prove a window wrong | none:
/// `LearnedRateTest` |
/// | `RATE_CALM` | accepted calls in a row after which the window that was found is right | none: `LearnedRateTest` |
/// | `RATE_BELOW` | part of a fitted rate that is used: a fit errs by a hundredth | none: `LearnedRateTest` |
/// | `RATE_LOWER` | part of a held rate that is left where it was refused | none: `LearnedRateTest` |
/// | `RATE_MORE` | what is tried above a rate that has long held | none: `LearnedRateTest` |
/// | `RATE_MUCH_MORE` | what is tried at most, after less has held again and again | none: `LearnedRateTest` |
/// | `RATE_SURE` | a fit to fewer answers is likely to err | none: `LearnedRateTest` |
/// | `RATE_SOON_NANOS` | how long it has to have held before more is tried | none: `LearnedRateTest` |
/// | `RATE_OLD_NANOS` | how long it has to have held for that | none: `LearnedRateTest` |
/// | `RATE_ROWS_HELD` | rows of refusals after which what is held explains nothing | none: `LearnedRateTest` |
/// | `RATE_SILENCE_NANOS` | no bucket is looked for then for this long, and twice as long the next time | stranger |
/// | `RATE_STRIDE` | how much closer calls are tried than before, where spacing is sought | none: `LearnedRateTest` |
/// | `RATE_SOUGHT_CALLS` | accepted calls that each distance has to hold for | none: `LearnedRateTest` |
/// | `RATE_FASTEST` | a rate at which nothing is spaced: 100 calls a second | none: `LearnedRateTest` |
/// | `RATE_REST_NANOS` | the longest rest in a row of refusals under a rate | none: `LearnedRateTest` |
/// | `RATE_MOST` | the highest rate tried for a fit, beside what was accepted since the first refusal: a bucket that
/// was
/// full in between has let go more | none: `LearnedRateTest` |
/// | `RATE_LEAST` | the lowest of them, likewise | none: `LearnedRateTest` |
/// | `RATE_STEP` | from each of them to the next | none: `LearnedRateTest` |
/// | `RATE_NEAR` | this close to what was accepted the steps are small | none: `LearnedRateTest` |
/// | `RATE_SMALL_STEP` | from each of those to the next | none: `LearnedRateTest` |
/// | `RATE_STRANGE_REFUSALS` | share of refusals that need not fit: others call too | stranger |
/// | `RATE_STRANGE_ACCEPTANCES` | share of accepted calls that need not fit: their arrival was mistaken | none:
/// `LearnedRateTest` |
/// | `RATE_UNSURE` | tokens by which each call may be misjudged | none: `LearnedRateTest` |
/// | `RATE_FEWEST` | accepted calls below which nothing is fitted | none: `LearnedRateTest` |
/// | `RATE_LATEST` | answers that a fit looks at | none: `LearnedRateTest` |
/// | `FLIGHT_ROWS` | rows of refusals after which calls under way are looked at | none: `LearnedFlightTest` |
/// | `FLIGHT_CHANCE` | how probable it may be that as many were under way by chance | 100/s |
/// | `FLIGHT_FULL` | calls accepted beside as many as are allowed, after which one more may be tried | none:
/// `LearnedFlightTest` |
/// | `FLIGHT_LOWERED` | unprovoked refusals in between that show that something else limits | none: `LearnedFlightTest`
/// |
/// | `FLIGHT_REST_NANOS` | the rest after a second refusal in a row is four times this, then doubles | none:
/// `LearnedFlightTest` |
/// | `NEARLY_NANOS` | so soon after its reset a window counts as just begun | none: `StatedCeilingTest` |
final class Tunables {
    static final double SATURATED = 0.8;
    static final int EVIDENCE_CALLS = 1 << 14;
    static final int RECENT_CALLS = 16;
    static final int FEW_IN_FLIGHT = 3;

    static final int STARTS = 48;
    static final double SHARP = 0.02;
    static final int BLUNT = 20;
    static final double NEXT_TO_NOTHING = 0.005;
    static final int SHUFFLED = 8;
    static final int FEW_COUNTED = 1;
    static final double WIDE = 2;
    static final int OF_USUAL_WINDOW = 2;
    static final int DISTURBED = 3;

    static final int PROBE_DIVISOR = 10;
    static final int CROWDED_PROBE_DIVISOR = 20;
    static final int RECOVERY_DIVISOR = 8;
    static final int STEP_GROWTH = 5;
    static final long PROOF_NANOS = Duration.ofMinutes(1).toNanos();
    static final double PROOF_WINDOWS = 1.15;
    static final double PROOF_FIXED_WINDOWS = 2.1;
    static final double BELOW_BEST = 0.9;
    static final int NEAR_PERMITS = 8;
    static final double WORTHWHILE = 0.04;

    static final long FIRST_PROBE_NANOS = Duration.ofMinutes(10).toNanos();
    static final long SOON_NANOS = Duration.ofMinutes(5).toNanos();
    static final int PROBE_GROWTH = 6;
    static final long LONGEST_PROBE_NANOS = Duration.ofHours(3).toNanos();
    static final long BELOW_BEST_PROBE_NANOS = Duration.ofMinutes(9).toNanos();
    static final long REFUSAL_PRICE_NANOS = Duration.ofMinutes(40).toNanos();
    static final long OLD_NANOS = Duration.ofDays(1).toNanos();

    static final double BACK_OFF = 0.015;
    static final int REST_GAPS = 3;
    static final long SHORT_WINDOW_NANOS = Duration.ofSeconds(2).toNanos();
    static final double LONGER_WINDOW = 1.4;
    static final double FADING = 1.03;
    static final double FITTED_STEP = 1.02;
    static final long LONGEST_FITTED_NANOS = Duration.ofHours(2).toNanos();
    static final int CONTENDED_REST_GAPS = 2;

    static final int CONTENDED_AFTER = 5;
    static final int UNEXPLAINED_WEIGHT = 2;
    static final int REMEMBERED_WINDOWS = 60;
    static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();
    static final long YOUNG_NANOS = Duration.ofMinutes(20).toNanos();
    static final int ALONE_REFUSALS = 5;
    static final int ALONE_WINDOWS = 10;

    static final double CONTENDED_REFUSED = 0.0085;
    static final double CONTENDED_STRIDE = 0.02;
    static final double CONTENDED_LEAST = 0.1;
    static final double CONTENDED_DIP = 0.05;
    static final double DEEPEST_DIP = 1.0 / 3;
    static final double DIPS_IN_A_WINDOW = 4;
    static final int HEAD_START = 500;
    static final int MOST_SHARERS = 16;
    static final int USUAL_SHARERS = 4;
    static final double NEARLY_ALL = 0.9;
    static final double YOUNG_WINDOWS = 1.1;
    static final double OTHERS_WEIGHT = 0.1;
    static final int OTHERS_SEEN = 6;
    static final double RESTLESS = 0.12;
    static final double EARLY_REFUSED = 0.29;
    static final double STEADY_REFUSED = 0.05;
    static final double LEVELLED = 0.7;
    static final double MOST_REFUSED_OF_FEW = 0.03;
    static final int FIRST_STRIDES = 4;

    static final double AIMED_OF_TOLERATED = 0.6;
    static final double TOLERANT_STRIDE = 0.01;
    static final double TOLERANT_LEAST = 1;
    static final double ABOVE_KNOWN = 1.3;

    static final int CATCH_UP = 10;
    static final Duration LONGEST_BURST = Duration.ofHours(1);

    static final int RATE_ROWS = 4;
    static final int RATE_CALM = 300;
    static final double RATE_BELOW = 0.985;
    static final double RATE_LOWER = 0.93;
    static final double RATE_MORE = 1.05;
    static final double RATE_MUCH_MORE = 1.5;
    static final int RATE_SURE = 200;
    static final long RATE_SOON_NANOS = Duration.ofMinutes(1).toNanos();
    static final long RATE_OLD_NANOS = Duration.ofHours(3).toNanos();
    static final int RATE_ROWS_HELD = 12;
    static final long RATE_SILENCE_NANOS = Duration.ofMinutes(30).toNanos();
    static final double RATE_STRIDE = 1.25;
    static final int RATE_SOUGHT_CALLS = 24;
    static final double RATE_FASTEST = 100 / 1e9;
    static final double RATE_REST_NANOS = Duration.ofMinutes(10).toNanos();
    static final double RATE_MOST = 4;
    static final double RATE_LEAST = 0.5;
    static final double RATE_STEP = 0.02;
    static final double RATE_NEAR = 0.05;
    static final double RATE_SMALL_STEP = 0.002;
    static final double RATE_STRANGE_REFUSALS = 0.05;
    static final double RATE_STRANGE_ACCEPTANCES = 0.002;
    static final double RATE_UNSURE = 0.1;
    static final int RATE_FEWEST = 10;
    static final int RATE_LATEST = 2000;

    static final int FLIGHT_ROWS = 1;
    static final double FLIGHT_CHANCE = 0.004;
    static final int FLIGHT_FULL = 300;
    static final int FLIGHT_LOWERED = 6;
    static final long FLIGHT_REST_NANOS = Duration.ofMillis(100).toNanos();

    static final long NEARLY_NANOS = Duration.ofSeconds(2).toNanos();

    private Tunables() {}
}
