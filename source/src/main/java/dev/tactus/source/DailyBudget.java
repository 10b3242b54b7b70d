package dev.tactus.source;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// How many calls may be made on a day, UTC. At midnight the next day's begin. Thread-safe.
public final class DailyBudget {
    private final long most;
    private final InstantSource clock;
    private LocalDate day;
    private long made;

    /// @param most at most so many a day, 1 or more
    /// @param madeToday how many were made before, today
    public DailyBudget(long most, long madeToday, InstantSource clock) {
        if (most < 1) {
            throw new IllegalArgumentException("a budget of a day is 1 call or more, not " + most);
        }
        this.most = most;
        this.made = madeToday;
        this.clock = clock;
        this.day = today();
    }

    synchronized boolean spent() {
        turnDay();
        return made >= most;
    }

    /// Takes a call out of today's; returns false where they are spent.
    synchronized boolean take() {
        turnDay();
        if (made >= most) {
            return false;
        }
        made++;
        return true;
    }

    private void turnDay() {
        LocalDate today = today();
        if (today.isAfter(day)) {
            day = today;
            made = 0;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
