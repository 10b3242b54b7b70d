package dev.tactus.limits;

/// A call that was granted and has not ended.
record Call(PathClass kind, long sentAt) {}
