package dev.tactus.ledger.work;

import static dev.tactus.ledger.Samples.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.ledger.StoreTest;
import dev.tactus.limits.ScopeState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedQuotaTest extends StoreTest {
    private static final ScopeState STATE =
            new ScopeState("token", Instant.EPOCH, List.of(), Optional.empty(), Optional.empty());

    @Test
    void oneWorkerOwnsItUntilItEnds() {
        SharedQuota quota = ledger.quota("digest");
        long first = ledger.workers().begin("work").number();
        long second = ledger.workers().begin("work").number();
        assertThat(quota.own(first)).contains(1L);
        assertThat(quota.own(second)).isEmpty();
        ledger.workers().end(first);
        assertThat(quota.own(second)).contains(2L);
        assertThat(ledger.quota("another").own(second)).contains(1L);
    }

    @Test
    void whoIsNoLongerTheOwnerGrantsAndForgetsNothing() {
        SharedQuota quota = ledger.quota("digest");
        long first = ledger.workers().begin("work").number();
        long second = ledger.workers().begin("work").number();
        quota.own(first);
        assertThat(quota.exchange(second, Map.of(1L, "/v1/tracks"), Map.of(), List.of()))
                .isEmpty();
        PermitKey asked = new PermitKey(second, 1);
        quota.disown(first, 1);
        quota.own(second);

        assertThatThrownBy(() -> quota.grant(first, 1, List.of(asked), Map.of()))
                .isInstanceOf(SharedQuota.QuotaLost.class);
        assertThatThrownBy(() -> quota.save(first, 1, SOURCE, List.of(STATE), List.of(asked)))
                .isInstanceOf(SharedQuota.QuotaLost.class);
        assertThat(quota.permits())
                .containsExactly(
                        new PermitRecord(second, 1, "/v1/tracks", false, Optional.empty(), Optional.empty(), true));
        assertThat(quota.states(SOURCE)).isEmpty();
    }

    @Test
    void aPermitIsKnownFromItsGrantUntilTheOwnerHasNotedItsEnd() {
        SharedQuota quota = ledger.quota("digest");
        long worker = ledger.workers().begin("work").number();
        long fence = quota.own(worker).orElseThrow();
        quota.exchange(worker, Map.of(1L, "/a", 2L, "/b"), Map.of(), List.of());
        PermitKey one = new PermitKey(worker, 1);
        PermitKey two = new PermitKey(worker, 2);
        assertThat(quota.grant(worker, fence, List.of(one, new PermitKey(worker, 9)), Map.of(two, "a pause")))
                .containsExactly(one);

        assertThat(quota.exchange(worker, Map.of(), Map.of(), List.of()))
                .extracting(PermitRecord::number, PermitRecord::refused)
                .containsExactlyInAnyOrder(tuple(1L, Optional.empty()), tuple(2L, Optional.of("a pause")));
        assertThat(quota.exchange(worker, Map.of(), Map.of(1L, "lost"), List.of(2L)))
                .isEmpty();
        assertThat(quota.permits())
                .containsExactly(new PermitRecord(worker, 1, "/a", true, Optional.empty(), Optional.of("lost"), true));
        ledger.workers().end(worker);
        assertThat(quota.permits()).extracting(PermitRecord::alive).containsExactly(false);
        quota.save(worker, fence, SOURCE, List.of(STATE), List.of(one));
        assertThat(quota.permits()).isEmpty();
        assertThat(quota.states(SOURCE)).containsExactly(STATE);
    }
}
