package dev.tactus.limits.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FeedbackParserTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Feedback parse(int status, String... headers) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int at = 0; at < headers.length; at += 2) {
            map.put(headers[at], headers[at + 1]);
        }
        return new FeedbackParser().parse(status, map::get, NOW);
    }

    private static Optional<Duration> seconds(double seconds) {
        return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    void takesA200ForAcceptedAndA429ForRefused() {
        assertThat(parse(200)).isEqualTo(Feedback.accepted());
        assertThat(parse(404)).isEqualTo(Feedback.accepted());
        assertThat(parse(429)).isEqualTo(Feedback.refused());
    }

    @Test
    void takesAServersFailureAndAForbiddenCallForNeither() {
        for (int status : new int[] {401, 403, 408, 500, 502, 504}) {
            assertThat(parse(status)).as("%s", status).isEqualTo(Feedback.silent());
        }
    }

    @Test
    void takesOtherStatusesForRefusedWhereTheySayHowLongToWait() {
        assertThat(parse(529).throttled()).isTrue();
        for (int status : new int[] {400, 402, 403, 418, 420}) {
            assertThat(parse(status, "Retry-After", "7").retryAfter())
                    .as("%s", status)
                    .isEqualTo(seconds(7));
        }
        assertThat(parse(403, "X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "9")
                        .retryAfter())
                .isEqualTo(seconds(9));
        assertThat(parse(404, "Retry-After", "7").throttled()).isFalse();
    }

    @Test
    void aLookUpThatAnswersEveryNameIsFoundOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeedbackParser().parse(200, name -> "30", NOW))
                .withMessageContaining("every name");
    }

    @Test
    void readsAMapOfHeaders() {
        Feedback read = new FeedbackParser()
                .parse(429, Map.of("retry-after", List.of("30"), "x-ratelimit-limit", List.of("10")), NOW);
        assertThat(read.retryAfter()).isEqualTo(seconds(30));
        assertThat(read.permits()).hasValue(10);
    }

    @Test
    void readsConcurrencyAndPartitionsOfTheDraft() {
        Feedback read = parse(
                200, "RateLimit-Policy", "\"way\";q=8;qu=\"concurrent-requests\", \"calls\";q=100;w=60;pk=:c2FtZQ==:");
        assertThat(read.ceiling()).contains(Limit.parse("100/60s"));
        assertThat(read.details().inFlight()).hasValue(8);
        assertThat(read.details().partition()).contains("c2FtZQ==");
    }

    @Test
    void takesA503ForRefusedOnlyWithAReadableRetryAfter() {
        assertThat(parse(503)).isEqualTo(Feedback.doubtful());
        assertThat(parse(503, "Retry-After", "soon").throttled()).isFalse();
        assertThat(parse(503, "Retry-After", "2").retryAfter()).isEqualTo(seconds(2));
        assertThat(parse(503, "Retry-After", "0").throttled()).isTrue();
    }

    @Test
    void readsRetryAfterInSecondsAndInEveryFormOfDate() {
        assertThat(parse(429, "Retry-After", "32").retryAfter()).isEqualTo(seconds(32));
        assertThat(parse(429, "retry-after", " 0.5 ").retryAfter()).isEqualTo(seconds(0.5));
        assertThat(parse(429, "Retry-After", "5, 7").retryAfter()).isEqualTo(seconds(7));
        assertThat(parse(429, "Retry-After", "Sun, 22 Nov 2026 12:00:30 GMT").retryAfter())
                .isEqualTo(seconds(30));
        assertThat(parse(429, "Retry-After", "Sunday, 22-Nov-26 12:00:30 GMT").retryAfter())
                .isEqualTo(seconds(30));
        assertThat(parse(429, "Retry-After", "Sun Nov 22 12:00:30 2026").retryAfter())
                .isEqualTo(seconds(30));
        assertThat(parse(429, "Retry-After", "2026-11-22T12:00:30Z").retryAfter())
                .isEqualTo(seconds(30));
    }

    @Test
    void takesZeroAndThePastAndRubbishForNoInformation() {
        for (String text : new String[] {
            "0", "Sun, 22 Nov 2026 11:00:00 GMT", "", "-5", "NaN", "1e9", "tomorrow", "99999999999999999999999"
        }) {
            assertThat(parse(429, "Retry-After", text)).as(text).isEqualTo(Feedback.refused());
        }
    }

    @Test
    void keepsAPenaltyOfADayButBoundsWhatIsAbsurd() {
        assertThat(parse(429, "Retry-After", "86400").retryAfter()).contains(Duration.ofDays(1));
        assertThat(parse(429, "Retry-After", "19056").retryAfter()).contains(Duration.ofSeconds(19056));
        assertThat(parse(429, "Retry-After", "900000000").retryAfter()).contains(Duration.ofDays(7));
        assertThat(parse(429, "Retry-After", "Mon, 22 Nov 2100 12:00:00 GMT").retryAfter())
                .contains(Duration.ofDays(7));
    }

    @Test
    void measuresDatesAndEpochsByTheServersOwnClock() {
        String tenMinutesFast = "Sun, 22 Nov 2026 12:10:00 GMT";
        assertThat(parse(429, "Date", tenMinutesFast, "Retry-After", "Sun, 22 Nov 2026 12:10:20 GMT")
                        .retryAfter())
                .isEqualTo(seconds(20));
    }

    @Test
    void tellsDistancesFromEpochs() {
        long epoch = NOW.getEpochSecond() + 45;
        assertThat(parse(200, "X-RateLimit-Reset", "30").resetIn()).isEqualTo(seconds(30));
        assertThat(parse(200, "RateLimit-Reset", "30").resetIn()).isEqualTo(seconds(30));
        assertThat(parse(200, "X-RateLimit-Reset", "" + epoch).resetIn()).isEqualTo(seconds(45));
        assertThat(parse(200, "X-RateLimit-Reset", epoch + "500").resetIn()).isEqualTo(seconds(45.5));
        assertThat(parse(200, "X-RateLimit-Reset", "1000000000").resetIn()).contains(Duration.ZERO);
    }

    @Test
    void readsTheTriples() {
        Feedback sonos = parse(
                429,
                "RateLimit-Limit",
                "1000",
                "RateLimit-Remaining",
                "0",
                "RateLimit-Reset",
                "32",
                "Retry-After",
                "32");
        assertThat(sonos.permits()).hasValue(1000);
        assertThat(sonos.retryAfter()).isEqualTo(seconds(32));
        Feedback x = parse(200, "X-RateLimit-Limit", "50", "X-RateLimit-Remaining", "12");
        assertThat(x.permits()).hasValue(50);
        assertThat(x.remaining()).hasValue(12);
        assertThat(parse(200, "x-rate-limit-remaining", "3").remaining()).hasValue(3);
        Feedback withWindow = parse(200, "RateLimit-Limit", "100, 100;w=60, 1000;w=3600");
        assertThat(withWindow.ceiling()).contains(Limit.parse("1000/3600s"));
    }

    @Test
    void readsListenBrainzResetInBeforeReset() {
        assertThat(parse(200, "X-RateLimit-Reset-In", "7", "X-RateLimit-Reset", "1")
                        .resetIn())
                .isEqualTo(seconds(7));
    }

    @Test
    void readsStructuredPoliciesAndCounters() {
        Feedback told = parse(
                200,
                "RateLimit-Policy",
                "\"quota\";q=1000;w=60, \"spike, hard\";q=100;w=1",
                "RateLimit",
                "\"spike, hard\";r=99;t=1, \"quota\";r=7;t=32");
        assertThat(told.ceiling()).contains(Limit.parse("1000/60s"));
        assertThat(told.remaining()).hasValue(7);
        assertThat(told.resetIn()).isEqualTo(seconds(32));
        Feedback spent = parse(429, "RateLimit", "\"quota\";r=5;t=32, \"spike\";r=0;t=1");
        assertThat(spent.retryAfter()).isEqualTo(seconds(1));
        Feedback old = parse(200, "RateLimit", "limit=100, remaining=50, reset=5", "RateLimit-Policy", "100;w=60");
        assertThat(old.ceiling()).contains(Limit.parse("100/60s"));
        assertThat(old.remaining()).hasValue(50);
        assertThat(old.resetIn()).isEqualTo(seconds(5));
    }

    @Test
    void takesTheSlowestOfSeveralPoliciesWhereverItStands() {
        assertThat(parse(200, "RateLimit-Policy", "\"spike\";q=100;w=1, \"quota\";q=1000;w=60, \"day\";q=90000;w=3600")
                        .ceiling())
                .contains(Limit.parse("1000/60s"));
    }

    @Test
    void takesTheLongestRestOfSeveralCountersThatAreUsedUp() {
        Feedback spent = parse(200, "RateLimit", "\"a\";r=0;t=5, \"b\";r=0;t=9, \"c\";r=0;t=7");
        assertThat(spent.remaining()).hasValue(0);
        assertThat(spent.resetIn()).isEqualTo(seconds(9));
    }

    @Test
    void takesTheFirstCounterThatCountsWhereNoPolicyNamesOne() {
        Feedback counted = parse(200, "RateLimit", "\"a\";t=3, \"b\";r=4;t=2");
        assertThat(counted.remaining()).hasValue(4);
        assertThat(counted.resetIn()).isEqualTo(seconds(2));
    }

    @Test
    void readsQuotesWhereTheyAreMissingOrTooMany() {
        assertThat(parse(200, "RateLimit-Policy", "quota;q=5;w=60").ceiling()).contains(Limit.parse("5/60s"));
        assertThat(parse(200, "RateLimit-Policy", "\"quota\";q=\"5\";w=\"60\"").ceiling())
                .contains(Limit.parse("5/60s"));
        // An unquoted counter is the one of the quoted policy.
        Feedback mixed = parse(200, "RateLimit-Policy", "\"a\";q=9;w=60", "RateLimit", "\"b\";r=1;t=1, a;r=5;t=2");
        assertThat(mixed.remaining()).hasValue(5);
    }

    @Test
    void refusesPoliciesAndHeadersBeyondTheirBounds() {
        assertThat(parse(200, "RateLimit-Policy", "\"a\";q=0;w=60").ceiling()).isEmpty();
        assertThat(parse(200, "RateLimit-Policy", "\"a\";q=5;w=0").ceiling()).isEmpty();
        assertThat(parse(200, "RateLimit-Policy", "\"a\";q=5;w=31622400").ceiling())
                .isPresent();
        assertThat(parse(200, "RateLimit-Policy", "\"a\";q=5;w=31622401").ceiling())
                .isEmpty();
        String policy = "\"a\";q=5;w=60";
        assertThat(parse(200, "RateLimit-Policy", policy + " ".repeat(4096 - policy.length()))
                        .ceiling())
                .isPresent();
        assertThat(parse(200, "RateLimit-Policy", policy + " ".repeat(4097 - policy.length()))
                        .ceiling())
                .isEmpty();
    }

    @Test
    void takesATrillionForMillisecondsAndNoDistance() {
        assertThat(parse(429, "Retry-After", "1000000000000").retryAfter()).isEmpty();
        assertThat(parse(429, "Retry-After", "1000000000").retryAfter()).isEmpty();
        assertThat(parse(429, "Retry-After", "999999999").retryAfter()).contains(Duration.ofDays(7));
    }

    @Test
    void allMayRemain() {
        assertThat(parse(200, "RateLimit-Limit", "10", "RateLimit-Remaining", "10")
                        .remaining())
                .hasValue(10);
    }

    @Test
    void resolvesContradictionsByItsRules() {
        assertThat(parse(429, "Retry-After", "5", "RateLimit-Reset", "30").retryAfter())
                .isEqualTo(seconds(5));
        assertThat(parse(429, "Retry-After", "0", "RateLimit-Reset", "30").retryAfter())
                .isEqualTo(seconds(30));
        assertThat(parse(200, "Retry-After", "30").retryAfter()).isEmpty();
        assertThat(parse(429, "RateLimit-Remaining", "10").remaining()).isEmpty();
        assertThat(parse(200, "RateLimit-Limit", "10", "RateLimit-Remaining", "11")
                        .remaining())
                .isEmpty();
        assertThat(parse(200, "X-RateLimit-Limit", "9", "RateLimit-Limit", "8").permits())
                .hasValue(8);
        assertThat(parse(200, "X-RateLimit-Limit", "0").permits()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void neverFailsWhateverIsSent() {
        Random random = new Random(20261122);
        String alphabet = "0123456789;=,\" wqrtabc.-:GMT\u00e9";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Feedback read =
                    new FeedbackParser().parse(429, name -> name.startsWith("X-No") ? null : text.toString(), NOW);
            assertThat(read.throttled()).isTrue();
            read.retryAfter().ifPresent(wait -> assertThat(wait).isBetween(Duration.ofNanos(1), Duration.ofDays(7)));
        }
    }

    @Test
    void aQuotaOfSomethingElseThanRequestsIsNoLimitOfRequests() {
        Feedback bytes = parse(
                200,
                "RateLimit-Policy",
                "\"size\";q=50;qu=\"content-kilobytes\";w=60",
                "RateLimit",
                "\"size\";r=3;t=10");
        assertThat(bytes.ceiling()).isEmpty();
        assertThat(bytes.permits()).isEmpty();
        assertThat(bytes.remaining()).isEmpty();
        Feedback both = parse(
                200,
                "RateLimit-Policy",
                "\"size\";q=5;qu=\"content-bytes\";w=60, \"calls\";q=100;qu=\"requests\";w=60",
                "RateLimit",
                "\"size\";r=0;t=10, \"calls\";r=7;t=20");
        assertThat(both.ceiling()).contains(Limit.parse("100/60s"));
        assertThat(both.remaining()).hasValue(7);
        assertThat(both.resetIn()).isEqualTo(seconds(20));
    }
}
