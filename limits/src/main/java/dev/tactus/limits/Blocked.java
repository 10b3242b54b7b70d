package dev.tactus.limits;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A thread that waits for its reply. If it goes away first, a permit that comes after it is given back. Thread-safe.
final class Blocked implements Consumer<Reply> {
    private final CountDownLatch told = new CountDownLatch(1);
    private Optional<Reply> reply = Optional.empty();
    private boolean gone;

    @Override
    public void accept(Reply answer) {
        synchronized (this) {
            reply = Optional.of(answer);
            told.countDown();
            if (!gone) {
                return;
            }
        }
        giveBack(answer);
    }

    Reply await(Ticket ticket) throws InterruptedException {
        try {
            told.await();
        } catch (InterruptedException interrupted) {
            if (!ticket.leave()) {
                leaveBehind();
            }
            throw interrupted;
        }
        synchronized (this) {
            return reply.orElseThrow();
        }
    }

    private void leaveBehind() {
        Optional<Reply> already;
        synchronized (this) {
            gone = true;
            already = reply;
        }
        already.ifPresent(Blocked::giveBack);
    }

    private static void giveBack(Reply answer) {
        if (answer instanceof Admission.Granted(Permit permit)) {
            permit.unused();
        }
    }
}
