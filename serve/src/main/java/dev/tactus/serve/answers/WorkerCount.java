package dev.tactus.serve.answers;

/// The processes that work on runs, of one command on one machine.
///
/// @param workers how many live
/// @param pages of runs that they have claimed
/// @param quotas that they own
public record WorkerCount(String host, String command, long workers, long pages, long quotas) {}
