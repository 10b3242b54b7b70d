package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.util.Optional;

/// How far the search for a ceiling has come: the states of [CeilingSearch] and what leads from one to another.
///
/// What a refusal means is often seen only with the acceptance that ends the row of refusals, when every answer is
/// there. Until then the stage is one of [Pending].
///
/// | stage | a call is refused | the row of refusals ends | a call is accepted |
/// | --- | --- | --- | --- |
/// | [Unknown] | Unknown, Provisional | Unknown, SettledCeiling | Unknown |
/// | [SettledCeiling] | SettledCeiling, Refused | SettledCeiling | SettledCeiling, ProbedCeiling |
/// | [ProbedCeiling] | FailedProbe, Refused | ProbedCeiling | ProbedCeiling, SettledCeiling |
/// | [ContendedCeiling] | ContendedCeiling | ContendedCeiling, SettledCeiling | ContendedCeiling |
/// | [Provisional] | Provisional | SettledCeiling | Provisional |
/// | [Refused] | Refused | SettledCeiling, ProbedCeiling, ContendedCeiling | Refused |
/// | [FailedProbe] | FailedProbe | SettledCeiling, ContendedCeiling | FailedProbe |
sealed interface SearchStage
        permits SearchStage.Unknown, SearchStage.Pending, SettledCeiling, ProbedCeiling, ContendedCeiling {

    /// The limit to keep; empty while nothing is known.
    Optional<Limit> limit();

    /// Whether its window has been proven, where windows are learned.
    boolean hasProvenWindow();

    /// No call was refused yet, or nothing explains what was.
    record Unknown() implements SearchStage {
        @Override
        public Optional<Limit> limit() {
            return Optional.empty();
        }

        @Override
        public boolean hasProvenWindow() {
            return false;
        }
    }

    /// A row of refusals has begun and its meaning is open.
    sealed interface Pending extends SearchStage {

        /// The ceiling that is kept meanwhile.
        SettledCeiling kept();

        @Override
        default Optional<Limit> limit() {
            return kept().limit();
        }

        @Override
        default boolean hasProvenWindow() {
            return kept().hasProvenWindow();
        }
    }

    /// The row's first refusals explained a ceiling; all of them may explain another.
    record Provisional(SettledCeiling kept) implements Pending {}

    /// The ceiling that was kept has been refused: it has moved, or was never right, or is shared.
    record Refused(SettledCeiling kept) implements Pending {}

    /// A higher ceiling has been refused.
    ///
    /// @param afterNanos how long it had been on trial
    record FailedProbe(ProbedCeiling probe, SettledCeiling kept, long afterNanos) implements Pending {

        /// How many calls' time to rest first: what a try was too high by is in excess for so long; of long windows
        /// only
        /// what it can have been in the time of the trial, and as much again.
        int restGaps() {
            int excess = probe.tried().permits() - probe.fallback().held().permits();
            long window = probe.tried().window().toNanos();
            double tried = window > Tunables.PROOF_NANOS ? Math.min(1, 2.0 * afterNanos / window) : 1;
            return 2 + (int) Math.ceil(tried * excess);
        }
    }
}
