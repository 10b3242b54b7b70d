package dev.tactus.ledger.royalty;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person decided that a text in reports means.
///
/// @param sender whose reports it is about; empty for everybody's
/// @param text as reports write it, whatever its case
/// @param meaning what it stands for: a territory, a service, a kind of usage, a kind of deduction
/// @param revoked who took it back and when; absent where it holds
public record ReportDecision(
        Subject subject,
        String sender,
        String text,
        String meaning,
        String by,
        Instant at,
        Optional<Revocation> revoked) {
    /// What such a text may stand for.
    public enum Subject {
        TERRITORY,
        /// the service, as reports name stores
        STORE,
        USAGE,
        /// a line that is no usage
        DEDUCTION;

        /// As people write it.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Subject> named(String label) {
            return Arrays.stream(values())
                    .filter(subject -> subject.label().equals(label))
                    .findFirst();
        }

        public static String labels() {
            return Arrays.stream(values()).map(Subject::label).collect(Collectors.joining(", "));
        }
    }

    /// Who took a decision back.
    public record Revocation(String by, Instant at) {}

    /// Whether it holds.
    public boolean holds() {
        return revoked.isEmpty();
    }
}
