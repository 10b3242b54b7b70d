package dev.tactus.simulator.fault;

import java.util.Set;

/// What can be wrong with one track in an answer.
public sealed interface ItemFault {
    /// A look-up by ISRC finds nothing.
    record Empty() implements ItemFault {}

    /// The track is left out of a batch, or null stands in its place.
    record Missing(boolean asNull) implements ItemFault {}

    /// Another recording comes in its place: its ISRC, and for metadata the rest of it too.
    record OtherRecording() implements ItemFault {}

    /// The track comes twice; the second time with other numbers.
    record Duplicated(boolean contradicting) implements ItemFault {}

    /// A field holds a text where a number belongs, a number where a text belongs, and so on.
    record WrongType(String field) implements ItemFault {}

    /// A field isn't there.
    record MissingField(String field) implements ItemFault {}

    /// A field comes twice in its object, which JSON leaves undefined (RFC 8259, 4) and strict readers refuse.
    record DoubledField(String field) implements ItemFault {}

    /// Whatever is requested together with it fails.
    ///
    /// @param status of the error
    /// @param disguised whether the error comes with HTTP 200
    record Poisonous(int status, boolean disguised) implements ItemFault {}

    /// The service has no numbers for it (status `unavailable`).
    record Unavailable() implements ItemFault {}

    /// The day is not published yet (status `pending`).
    record Pending() implements ItemFault {}

    /// Some territories come with an error in the place of a count.
    ///
    /// @param share of the recording's territories, from 0 to 1
    /// @param named fail besides, whichever recording it is
    record FailingTerritories(double share, Set<String> named) implements ItemFault {
        public FailingTerritories {
            named = Set.copyOf(named);
        }

        public FailingTerritories(double share) {
            this(share, Set.of());
        }
    }

    /// The numbers are not complete yet; asked for later, they are larger.
    ///
    /// @param lacks the share of each count that is still to come, from 0 to 1
    record Preliminary(double lacks) implements ItemFault {
        /// A count as it is known so far.
        public long soFar(long count) {
            return count - Math.round(count * lacks);
        }
    }

    /// The metadata differ from the label's catalog.
    record Drifted(Aspect aspect) implements ItemFault {}

    /// What has drifted.
    enum Aspect {
        TITLE,
        ARTISTS,
        /// nine seconds longer
        DURATION_MS,
        EXPLICIT
    }

    /// Whether an endpoint can show it.
    default boolean showsAt(SimulatedEndpoint endpoint) {
        return switch (this) {
            case Empty empty -> endpoint == SimulatedEndpoint.SEARCH || endpoint == SimulatedEndpoint.DEEZER_TRACK;
            case Missing missing -> endpoint != SimulatedEndpoint.SEARCH;
            case OtherRecording other -> true;
            case Duplicated duplicated -> endpoint != SimulatedEndpoint.DEEZER_TRACK;
            case WrongType wrong -> true;
            case MissingField missing -> true;
            case DoubledField doubled -> true;
            case Poisonous poisonous -> endpoint != SimulatedEndpoint.DEEZER_TRACK;
            case Unavailable unavailable -> !endpoint.tellsMetadata();
            case Pending pending -> !endpoint.tellsMetadata();
            case FailingTerritories failing -> !endpoint.tellsMetadata();
            case Preliminary preliminary -> !endpoint.tellsMetadata();
            case Drifted drifted -> endpoint.tellsMetadata();
        };
    }
}
