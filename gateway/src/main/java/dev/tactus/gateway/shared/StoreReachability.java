package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the store can be reached, by the connections of all loops together: a person is told once of what each of
/// them notices. Thread-safe.
final class StoreReachability {
    private static final Logger log = LoggerFactory.getLogger(StoreReachability.class);

    private final SharedSettings settings;
    private final Runnable onLoss;
    private final Consumer<String> warns;
    private final Consumer<String> informs;
    private final Set<RedisLink> without = new HashSet<>();

    /// @param onLoss told each time that a connection takes the store for lost
    StoreReachability(SharedSettings settings, Runnable onLoss) {
        this(settings, onLoss, log::warn, log::info);
    }

    /// @param warns tells a person that it is lost
    /// @param informs tells a person that it is there again
    StoreReachability(SharedSettings settings, Runnable onLoss, Consumer<String> warns, Consumer<String> informs) {
        this.settings = settings;
        this.onLoss = onLoss;
        this.warns = warns;
        this.informs = informs;
    }

    synchronized void lost(RedisLink link, String why) {
        if (without.isEmpty()) {
            warns.accept("the shared quota at " + settings + " is lost (" + why + "): "
                    + settings.whenLost().meaning());
        }
        without.add(link);
        onLoss.run();
    }

    synchronized void reached(RedisLink link) {
        if (without.remove(link) && without.isEmpty()) {
            informs.accept("the shared quota at " + settings + " is reachable again");
        }
    }

    /// Whether any connection is without it.
    synchronized boolean isLost() {
        return !without.isEmpty();
    }
}
