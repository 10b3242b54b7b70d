package dev.tactus.limits.pacing;

/// A call that was granted and has not ended.
record GrantedCall(PathClass kind, long sentAt) {}
