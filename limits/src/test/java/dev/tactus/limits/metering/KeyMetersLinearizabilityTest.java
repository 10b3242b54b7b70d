package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Decisions of several threads about one key come out as if they had come one by one.
@Param(name = "millis", gen = IntGen.class, conf = "0:30")
public class KeyMetersLinearizabilityTest {
    private static final NamedLimit QUOTA =
            NamedLimit.of("quota", new LimitKind.SlidingLog(new Limit(2, Duration.ofMillis(10))));
    private static final NamedLimit WINDOW = NamedLimit.of(
            "window",
            new LimitKind.FixedWindow(new Limit(3, Duration.ofMillis(15)), LimitKind.WindowStart.FIRST_REQUEST));
    private static final NamedLimit BUCKET =
            NamedLimit.of("bucket", new LimitKind.TokenBucket(new Limit(1, Duration.ofMillis(5)), 3));
    private static final NamedLimit GAP =
            NamedLimit.of("gap", new LimitKind.Spacing(new Limit(1, Duration.ofMillis(2))));
    private static final QuotaPlan PLAN = QuotaPlan.of(QUOTA, WINDOW, BUCKET, GAP.inShadow());
    private static final QuotaPlan OTHER = QuotaPlan.of(WINDOW, QUOTA);

    private final Limiter limiter = new Limiter(PLAN, 0);

    @Operation
    public QuotaDecision decide(@Param(name = "millis") int millis) {
        return limiter.decide(PLAN.charge(), millis * 1_000_000L);
    }

    @Operation
    public QuotaDecision decideOnTheWindowAlone(@Param(name = "millis") int millis) {
        return limiter.decide(PLAN.charge().withCost("quota", 0).withCost("bucket", 2), millis * 1_000_000L);
    }

    @Operation
    public QuotaDecision decideByAnotherPlan(@Param(name = "millis") int millis) {
        return limiter.decide(OTHER.charge(), millis * 1_000_000L);
    }

    @Operation
    public List<RemainingQuota> standing(@Param(name = "millis") int millis) {
        return limiter.standing(PLAN, millis * 1_000_000L);
    }

    @Tag("slow")
    @Test
    public void decisionsOnOneKeyAreLinearizable() {
        Linearizability.check(KeyMetersLinearizabilityTest.class);
    }
}
