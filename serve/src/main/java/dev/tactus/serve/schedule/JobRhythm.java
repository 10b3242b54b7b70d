package dev.tactus.serve.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;

/// When a job is due.
public sealed interface JobRhythm {
    /// The first time after a moment.
    Instant after(Instant moment);

    /// The last time up to a moment, itself included.
    Instant latest(Instant moment);

    /// In words.
    String words();

    /// At a time of day in a zone, every day or on one day of the month.
    ///
    /// A time that a night of 23 hours lacks is as much later as the clock was set forward. One that a night of 25
    /// hours has twice counts the first time only.
    ///
    /// @param dayOfMonth from 1 to 28; empty for every day
    record Daily(LocalTime at, ZoneId zone, Optional<Integer> dayOfMonth) implements JobRhythm {
        @Override
        public Instant after(Instant moment) {
            LocalDate day = LocalDate.ofInstant(moment, zone).minusDays(1);
            while (!holds(day) || !on(day).isAfter(moment)) {
                day = day.plusDays(1);
            }
            return on(day);
        }

        @Override
        public Instant latest(Instant moment) {
            LocalDate day = LocalDate.ofInstant(moment, zone).plusDays(1);
            while (!holds(day) || on(day).isAfter(moment)) {
                day = day.minusDays(1);
            }
            return on(day);
        }

        private boolean holds(LocalDate day) {
            return dayOfMonth.isEmpty() || dayOfMonth.get() == day.getDayOfMonth();
        }

        private Instant on(LocalDate day) {
            return ZonedDateTime.of(day, at, zone).toInstant();
        }

        @Override
        public String words() {
            return "at " + at + " " + zone
                    + dayOfMonth.map(day -> ", day " + day).orElse("");
        }
    }

    /// Again and again, a pause after the last start.
    record Every(Duration pause) implements JobRhythm {
        @Override
        public Instant after(Instant moment) {
            return moment.plus(pause);
        }

        @Override
        public Instant latest(Instant moment) {
            return moment;
        }

        @Override
        public String words() {
            return "every " + pause.toString().substring(2).toLowerCase(Locale.ROOT);
        }
    }
}
