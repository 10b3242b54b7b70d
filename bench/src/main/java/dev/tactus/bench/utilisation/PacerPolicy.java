package dev.tactus.bench.utilisation;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ours: every call waits for a permit of a [Pacer].
final class PacerPolicy implements CallPolicy {
    private static final FeedbackParser PARSER = new FeedbackParser();

    private final VirtualTime world;
    private final Pacer pacer;
    private final Deque<Permit> granted = new ArrayDeque<>();

    PacerPolicy(PacerSettings settings, VirtualTime world) {
        this.world = world;
        pacer = new Pacer(settings, world, world, world.alarm());
    }

    Pacer pacer() {
        return pacer;
    }

    @Override
    public boolean readsWaits() {
        return true;
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
                            Duration.between(world.instant(), paused.until()).toNanos(), () -> ask(attempt, go));
                case PacerReply.Late late -> throw new AssertionError(late);
                case PacerReply.Closed closed -> granted.clear();
            }
        });
    }

    @Override
    public Answer sent() {
        Permit permit = granted.remove();
        return new Answer() {
            @Override
            public void came(boolean accepted, long sentAt) {
                permit.answered(accepted ? Feedback.accepted() : Feedback.refused());
            }

            @Override
            public void came(ApiDialect.Answer answer, long sentAt) {
                permit.answered(read(answer));
            }
        };
    }

    private Feedback read(ApiDialect.Answer answer) {
        if (answer.told()) {
            return PARSER.parseRefusal(answer.headers()::get, world.instant());
        }
        boolean plain = answer.headers().isEmpty() && answer.accepted();
        return plain ? Feedback.accepted() : PARSER.parse(answer.status(), answer.headers()::get, world.instant());
    }
}
