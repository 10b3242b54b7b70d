package dev.tactus.limits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.leases.Leases;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.leases.RecentTimestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The search goes from stage to stage as the table in [SearchStage] says, whatever the answers are.
final class SearchStageTest {
    private static final int SEEDS = 60;
    private static final List<String> EVENTS = List.of("refused", "recovered", "accepted");

    @Test
    void eachTransitionIsInTheTableAndEachChangeOfTheTableHappens() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            new Client(seed, seen).run();
        }
        Set<String> listed = table();
        assertThat(listed).containsAll(seen);
        listed.removeIf(SearchStageTest::isNoChange);
        assertThat(seen).containsAll(listed);
    }

    private static boolean isNoChange(String transition) {
        String[] words = transition.split(" ", -1);
        return words[0].equals(words[2]);
    }

    /// The rows of the table in the class's documentation: `stage event next`.
    private static Set<String> table() throws IOException {
        Set<String> transitions = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/main/java/dev/tactus/limits/learning/SearchStage.java"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length > 4 && cells[1].contains("[")) {
                for (int event = 0; event < EVENTS.size(); event++) {
                    for (String next : cells[event + 2].split(",", -1)) {
                        transitions.add(name(cells[1]) + " " + EVENTS.get(event) + " " + name(next));
                    }
                }
            }
        }
        return transitions;
    }

    private static String name(String cell) {
        return cell.replaceAll("[\\[\\] ]", "");
    }

    /// A client that wants to send all the time, and a server that counts in one of several ways, whose limit moves
    /// and is shared at random.
    private static final class Client {
        private static final long SECOND = 1_000_000_000L;
        private static final long WINDOW = 60 * SECOND;
        private static final long END = 3 * 3600 * SECOND;

        private record Call(long sentAt, long answeredAt, boolean accepted) {}

        private final Random random;
        private final Set<String> seen;
        private final CeilingSearch search;
        private final Leases leases = new Leases(1000);
        private final RecentTimestamps counted = new RecentTimestamps(1000);
        private final PriorityQueue<Call> underWay = new PriorityQueue<>(Comparator.comparingLong(Call::answeredAt));
        private final double shared;
        private final long slowest;
        private int permits;
        private PacedLimit paced = new PacedLimit(new Limit(1, Duration.ofSeconds(1)));
        private long refusedAt = Long.MIN_VALUE;
        private long restsUntil;
        private int inARow;

        Client(int seed, Set<String> seen) {
            this.seen = seen;
            random = new Random(seed);
            permits = 10 + random.nextInt(40);
            shared = List.of(0.0, 0.0005, 0.005, 0.02).get(seed % 4);
            slowest = seed % 3 == 0 ? 10 * SECOND : SECOND / 5;
            Limit told = new Limit(permits, Duration.ofNanos(WINDOW));
            PacerSettings settings = new PacerSettings(List.of(), List.of(), Duration.ofHours(1), Duration.ofSeconds(1))
                    .withWindow(Duration.ofMinutes(1), random.nextBoolean())
                    .tolerating(seed % 15 == 0 ? 0.01 : 0);
            search = new CeilingSearch(seed % 5 == 0 ? Optional.of(told) : Optional.empty(), settings, 0);
        }

        void run() {
            long now = 0;
            while (now < END) {
                Optional<Limit> limit = search.stage().limit();
                paced = limit.map(each -> each.equals(paced.limit()) ? paced : new PacedLimit(each))
                        .orElse(paced);
                boolean alone = inARow > 0 && !underWay.isEmpty();
                long ready = alone
                        ? PacedLimit.NEVER
                        : Math.max(
                                restsUntil,
                                limit.isPresent() ? leases.earliest(List.of(paced), now) : now + SECOND / 4);
                if (!underWay.isEmpty() && underWay.peek().answeredAt() <= ready) {
                    Call call = underWay.remove();
                    now = Math.max(now, call.answeredAt());
                    answer(call, now);
                } else {
                    now = Math.max(now, ready);
                    send(now);
                }
            }
        }

        private void send(long now) {
            if (random.nextInt(800) == 0) {
                permits = Math.clamp((long) (permits * (0.4 + 1.5 * random.nextDouble())), 5, 80);
            }
            long trip = SECOND / 20 + random.nextLong(slowest);
            long arrival = now + random.nextLong(trip);
            boolean room = counted.countAfter(arrival - WINDOW) < permits && random.nextDouble() >= shared;
            if (room) {
                counted.add(arrival);
            }
            paced.granted(now);
            leases.sent();
            underWay.add(new Call(now, now + trip, room));
        }

        private void answer(Call call, long now) {
            leases.answered(now, call.accepted());
            String before = name(search.stage());
            PacedLimit keeps = search.stage().limit().isPresent() ? paced : null;
            boolean news = call.sentAt() > refusedAt;
            if (call.accepted()) {
                boolean recovered = news && inARow > 0;
                inARow = news ? 0 : inARow;
                search.accepted(call.sentAt(), now, keeps, leases.accepted(), recovered);
                seen(before, recovered ? "recovered" : "accepted");
            } else if (news) {
                refusedAt = now;
                inARow++;
                search.refused(call.sentAt(), now, inARow, leases.accepted());
                seen(before, "refused");
                Optional<Limit> limit = search.stage().limit();
                PacedLimit next = limit.map(PacedLimit::new).orElse(null);
                restsUntil = now + search.restNanos(next, inARow, now);
            } else {
                search.refusedToo(call.sentAt(), now);
            }
        }

        private void seen(String before, String event) {
            seen.add(before + " " + event + " " + name(search.stage()));
        }

        private static String name(SearchStage stage) {
            return stage.getClass().getSimpleName();
        }
    }
}
