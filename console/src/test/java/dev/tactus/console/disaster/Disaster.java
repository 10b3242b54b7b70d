package dev.tactus.console.disaster;

import java.time.Duration;

/// What happens at a moment of a command.
///
/// @param moment at which kind of moment
/// @param nth at which of them, from 1
record Disaster(Kind kind, Moment moment, int nth) {
    enum Kind {
        NONE,
        /// The process ends; the system goes on, and with it everything that was written.
        KILL,
        /// The machine ends: what was not forced to the disk may be torn or lost.
        POWER_LOSS,
        /// From here on the disk refuses whatever is written.
        DISK_FULL,
        /// One bit of the file that an engine has just closed is another.
        FLIP,
        CLOCK_AHEAD,
        CLOCK_BACK,
        CLOCK_STALLS,
        /// Somebody reads meanwhile.
        READER,
        /// Somebody writes meanwhile, with a copy of the ledger.
        SECOND_WRITER
    }

    /// After each step that Tactus owns, before and after each commit, at each reading of the clock.
    enum Moment {
        CLOSED,
        FORCED,
        RENAMED,
        FOLDER_FORCED,
        COMMIT_DUE,
        COMMITTED,
        LEDGER_COMMIT_DUE,
        LEDGER_COMMITTED,
        CLOCK_READ
    }

    static final Duration STEP = Duration.ofDays(400);

    static final Disaster NONE = new Disaster(Kind.NONE, Moment.CLOSED, 0);

    @Override
    public String toString() {
        return kind == Kind.NONE ? "" : " [" + kind + " at " + moment + " " + nth + "]";
    }
}
