package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keys that are made and forgotten by several threads at once lose nothing and grant nothing twice.
@Param(name = "key", gen = IntGen.class, conf = "1:2")
public class KeyedLimiterLinearizabilityTest {
    private static final QuotaPlan PLAN =
            QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("2/1s"))));

    private final KeyedLimiter<Integer> limiter = new KeyedLimiter<>();

    @Operation
    public QuotaDecision decide(@Param(name = "key") int key) {
        return limiter.decide(key, PLAN.charge(), 0);
    }

    @Operation
    public QuotaDecision decideAtNoCost(@Param(name = "key") int key) {
        return limiter.decide(key, PLAN.charge().withCost("quota", 0), 0);
    }

    @Operation
    public int remaining(@Param(name = "key") int key) {
        return limiter.standing(key, PLAN, 0).getFirst().remaining();
    }

    @Operation
    public void forgetIdle() {
        limiter.forgetIdle(0);
    }

    @Tag("slow")
    @Test
    public void decisionsOnKeysThatComeAndGoAreLinearizable() {
        Linearizability.check(KeyedLimiterLinearizabilityTest.class);
    }
}
