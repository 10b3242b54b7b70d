package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call whose answer comes later, and its permit, which is settled whatever happens. Thread-safe.
final class AsyncCall<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final CallRequest request;
    private final Supplier<? extends CompletionStage<T>> call;
    private final Function<? super T, Feedback> says;

    AsyncCall(CallRequest request, Supplier<? extends CompletionStage<T>> call, Function<? super T, Feedback> says) {
        this.request = request;
        this.call = call;
        this.says = says;
    }

    CompletionStage<T> enter(Pacer pacer) {
        pacer.enter(request, this::replied);
        return answer;
    }

    private void replied(PacerReply reply) {
        switch (reply) {
            case Admission.Granted(Permit permit) -> send(permit);
            case Admission.Paused paused -> answer.completeExceptionally(new CallPause(paused));
            case PacerReply.Late late -> answer.completeExceptionally(late.asTimeout(request));
            case PacerReply.Closed closed ->
                answer.completeExceptionally(new IllegalStateException("the pacer is closed"));
        }
    }

    private void send(Permit permit) {
        CompletionStage<T> sent;
        try {
            sent = call.get();
        } catch (Throwable failed) {
            permit.lost();
            answer.completeExceptionally(failed);
            return;
        }
        sent.whenComplete((value, failed) -> settle(permit, value, failed));
    }

    private void settle(Permit permit, T value, @Nullable Throwable failed) {
        try (permit) {
            if (failed == null) {
                permit.answered(says.apply(value));
            }
        } catch (Throwable unreadable) {
            answer.completeExceptionally(unreadable);
            return;
        }
        if (failed == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failed);
        }
    }
}
