package dev.tactus.limits.pacing;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A thread that waits for its reply. If it goes away first, a permit that comes after it is given back. Thread-safe.
final class BlockedThread implements Consumer<PacerReply> {
    private final CountDownLatch replied = new CountDownLatch(1);
    private Optional<PacerReply> reply = Optional.empty();
    private boolean gone;

    @Override
    public void accept(PacerReply answer) {
        synchronized (this) {
            reply = Optional.of(answer);
            replied.countDown();
            if (!gone) {
                return;
            }
        }
        giveBack(answer);
    }

    PacerReply await(Ticket ticket) throws InterruptedException {
        try {
            replied.await();
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
        Optional<PacerReply> already;
        synchronized (this) {
            gone = true;
            already = reply;
        }
        already.ifPresent(BlockedThread::giveBack);
    }

    private static void giveBack(PacerReply answer) {
        if (answer instanceof Admission.Granted(Permit permit)) {
            permit.unused();
        }
    }
}
