package dev.tactus.bench.utilisation;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ours: every call waits for a permit of a [Pacer].
final class PacerPolicy implements CallPolicy {
    private final VirtualTime world;
    private final Pacer pacer;
    private final Deque<Permit> granted = new ArrayDeque<>();

    PacerPolicy(PacerSettings settings, VirtualTime world) {
        this.world = world;
        pacer = new Pacer(settings, world, world, world);
    }

    Pacer pacer() {
        return pacer;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        pacer.enter(CallRequest.to("/v1/search").by("caller"), reply -> {
            switch (reply) {
                case Admission.Granted(Permit permit) -> {
                    granted.add(permit);
                    go.run();
                }
                case Admission.Paused paused ->
                    world.after(
                            java.time.Duration.between(world.instant(), paused.until())
                                    .toNanos(),
                            () -> ask(attempt, go));
                case PacerReply.Late late -> throw new AssertionError(late);
                case PacerReply.Closed closed -> granted.clear();
            }
        });
    }

    @Override
    public Answer sent() {
        Permit permit = granted.remove();
        return (accepted, sentAt) -> permit.answered(accepted ? Feedback.accepted() : Feedback.refused());
    }

    @Override
    public void close() {
        pacer.close();
    }
}
