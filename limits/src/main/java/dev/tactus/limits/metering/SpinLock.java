package dev.tactus.limits.metering;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/// A lock for sections of a few nanoseconds that never block: one CAS to enter, a plain store to leave.
///
/// Who finds it taken pauses for some microseconds at a time: the owner, who has the data at hand, does dozens of
/// sections meanwhile, where handing both to and fro would cost more than the sections (docs/benchmarks.md). Then it
/// yields, then sleeps for moments, so that an owner who lost its processor gets it back. Not reentrant, not fair.
/// Extended rather than held: an object less for each of a million keys.
abstract class SpinLock {
    private static final int SPINS = 4;
    /// Of some 25 ns each.
    static final int PAUSES = 128;

    private static final int YIELDS = 32;
    private static final long NAP_NANOS = 20_000;
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through LOCKED
    private int locked;

    final void lock() {
        if (!tryLock()) {
            await();
        }
    }

    final boolean tryLock() {
        return LOCKED.compareAndSet(this, 0, 1);
    }

    final void unlock() {
        LOCKED.setRelease(this, 0);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint only: who is not scheduled by it naps
    private void await() {
        int tries = 0;
        while ((int) LOCKED.getOpaque(this) != 0 || !tryLock()) {
            if (tries < SPINS) {
                for (int pause = 0; pause < PAUSES; pause++) {
                    Thread.onSpinWait();
                }
            } else if (tries < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
            tries++;
        }
    }
}
