package dev.tactus.gateway.usage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The other gateways that keep the same quotas. For one thread at a time.
public interface UsagePeers {
    /// What others have counted.
    ///
    /// @param place up to which that was read
    record ReadUsage(List<MinuteUsage> counted, String place) {
        public ReadUsage {
            counted = List.copyOf(counted);
        }
    }

    /// Tells them what was counted here, and answers what they have.
    ///
    /// @param after up to where that is written down here; empty where nothing is
    /// @return nothing while they can't be reached
    Optional<ReadUsage> exchange(List<MinuteUsage> counted, String after);

    /// Whether this gateway is the one that judges applications.
    boolean isJudge();

    /// Whether this gateway is the first to do something within that time.
    boolean isFirst(String what, Duration time);

    /// A gateway on its own.
    static UsagePeers none() {
        return new UsagePeers() {
            @Override
            public Optional<ReadUsage> exchange(List<MinuteUsage> counted, String after) {
                return Optional.empty();
            }

            @Override
            public boolean isJudge() {
                return true;
            }

            @Override
            public boolean isFirst(String what, Duration time) {
                return true;
            }
        };
    }
}
