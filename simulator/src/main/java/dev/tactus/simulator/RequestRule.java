package dev.tactus.simulator;

/// A passing fault: it hits requests by their number and the time, whatever they ask for.
///
/// @param path the prefix of the paths it hits; empty for all
public record RequestRule(String path, When when, RequestFault fault) {
    boolean covers(String requested) {
        return requested.startsWith(path);
    }
}
