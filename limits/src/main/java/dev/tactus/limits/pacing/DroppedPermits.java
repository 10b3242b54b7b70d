package dev.tactus.limits.pacing;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

/// The permits that are out, so that one whose holder forgot it is found: it counts as lost, and its slot comes free.
///
/// There is no thread: whoever holds the pacer's lock looks. Not thread-safe.
final class DroppedPermits {

    /// A permit that is out; it leads to its call and its settlement, never to the permit itself.
    private static final class Held extends PhantomReference<Permit> {
        private final PacerCore.Call call;
        private final Permit.Settlement settlement;

        private Held(Permit permit, PacerCore.Call call, Permit.Settlement settlement, ReferenceQueue<Permit> queue) {
            super(permit, queue);
            this.call = call;
            this.settlement = settlement;
        }
    }

    private final ReferenceQueue<Permit> queue = new ReferenceQueue<>();
    private final IdentityHashMap<PacerCore.Call, Held> out = new IdentityHashMap<>();

    /// A new permit for a call; `ended` is told its outcome, once, by its holder.
    Permit issue(PacerCore.Call call, Consumer<Permit.Outcome> ended) {
        Permit.Settlement settlement = new Permit.Settlement(ended);
        Permit permit = new Permit(settlement);
        out.put(call, new Held(permit, call, settlement, queue));
        return permit;
    }

    /// The holder has said how the call ended.
    void settled(PacerCore.Call call) {
        out.remove(call);
    }

    boolean anyOut() {
        return !out.isEmpty();
    }

    /// The calls of permits that nobody holds any more and nobody has settled.
    List<PacerCore.Call> found() {
        List<PacerCore.Call> calls = new ArrayList<>();
        while (queue.poll() instanceof Held held) {
            if (held.settlement.abandon()) {
                calls.add(held.call);
            }
            out.remove(held.call);
        }
        return calls;
    }
}
