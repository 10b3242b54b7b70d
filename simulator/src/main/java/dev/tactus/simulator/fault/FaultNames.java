package dev.tactus.simulator.fault;

/// What the faults of requests are called in a behaviour file and in the report.
public final class FaultNames {
    private FaultNames() {}

    public static String of(RequestFault fault) {
        return switch (fault) {
            case RequestFault.ServerError any -> "server_error";
            case RequestFault.Throttled any -> "throttled";
            case RequestFault.Reset any -> "reset";
            case RequestFault.Stalled any -> "stalled";
            case RequestFault.Slow any -> "slow";
            case RequestFault.Truncated any -> "truncated";
            case RequestFault.Html any -> "html";
            case RequestFault.Disguised any -> "disguised_error";
            case RequestFault.Oversized any -> "oversized";
            case RequestFault.Revoked any -> "revoked";
            case RequestFault.OneItem(ItemFault item) -> of(item);
        };
    }

    static String of(ItemFault fault) {
        return switch (fault) {
            case ItemFault.Empty any -> "empty";
            case ItemFault.Missing any -> "missing";
            case ItemFault.OtherRecording any -> "other_recording";
            case ItemFault.Duplicated any -> "duplicated";
            case ItemFault.WrongType any -> "wrong_type";
            case ItemFault.MissingField any -> "missing_field";
            case ItemFault.DoubledField any -> "doubled_field";
            case ItemFault.Poisonous any -> "poisonous";
            case ItemFault.Unavailable any -> "unavailable";
            case ItemFault.Pending any -> "pending";
            case ItemFault.FailingTerritories any -> "failing_territories";
            case ItemFault.Preliminary any -> "preliminary";
            case ItemFault.Drifted any -> "drifted";
        };
    }
}
