package dev.tactus.simulator.fault;

/// A passing fault: it hits requests by their number and the time, whatever they ask for.
///
/// @param path the prefix of the paths it hits; empty for all
public record RequestFaultRule(String path, FaultSchedule when, RequestFault fault) {
    public boolean covers(String requested) {
        return requested.startsWith(path);
    }
}
