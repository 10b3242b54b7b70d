package dev.tactus.limits.metering;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// What the lock guards is seen by one thread at a time.
public class SpinLockLinearizabilityTest {

    private static final class Counter extends SpinLock {
        private int count;

        int next() {
            lock();
            try {
                count++;
                return count;
            } finally {
                unlock();
            }
        }

        int nextIfFree() {
            if (!tryLock()) {
                return next();
            }
            try {
                count++;
                return count;
            } finally {
                unlock();
            }
        }
    }

    private final Counter counter = new Counter();

    @Operation
    public int next() {
        return counter.next();
    }

    @Operation
    public int nextIfFree() {
        return counter.nextIfFree();
    }

    @Test
    public void countingUnderTheLockIsLinearizable() {
        Linearizability.check(SpinLockLinearizabilityTest.class);
    }
}
