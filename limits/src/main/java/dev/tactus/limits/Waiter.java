package dev.tactus.limits;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A caller who waits to be told. It holds nothing meanwhile.
final class Waiter {
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile Optional<Admission> admission = Optional.empty();

    void tell(Admission answer) {
        admission = Optional.of(answer);
        told.countDown();
    }

    /// Wakes the caller without an answer.
    void dismiss() {
        told.countDown();
    }

    /// Waits for the answer; empty if there will be none.
    Optional<Admission> await() throws InterruptedException {
        told.await();
        return admission;
    }

    /// The answer, if there is one already.
    Optional<Admission> admission() {
        return admission;
    }
}
