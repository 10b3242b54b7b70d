package dev.tactus.simulator.fault;

import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which recordings have which faults, drawn from the seed: a pure function of seed, rules and ISRC, so that a test can
/// compute what to expect. Where several rules hit a recording at an endpoint, the first one that is still on shows.
/// Immutable.
public final class RecordingFaults {
    private final long seed;
    private final List<RecordingFaultRule> rules;

    public RecordingFaults(long seed, List<RecordingFaultRule> rules) {
        this.seed = SplitMix.of(seed, 0x6661756cL);
        this.rules = List.copyOf(rules);
    }

    /// The rules that hit a recording at an endpoint, in order.
    public List<RecordingFaultRule> of(Isrc isrc, SimulatedEndpoint endpoint) {
        List<RecordingFaultRule> hits = new ArrayList<>(0);
        for (int i = 0; i < rules.size(); i++) {
            RecordingFaultRule rule = rules.get(i);
            if (rule.showsAt(endpoint) && hits(i, rule, isrc)) {
                hits.add(rule);
            }
        }
        return hits;
    }

    /// What is wrong with a recording at an endpoint once everything that passes has passed.
    public Optional<ItemFault> lasting(Isrc isrc, SimulatedEndpoint endpoint) {
        return of(isrc, endpoint).stream()
                .filter(RecordingFaultRule::lasts)
                .map(RecordingFaultRule::fault)
                .findFirst();
    }

    /// Whether a territory of a recording comes with an error.
    public boolean fails(ItemFault.FailingTerritories fault, Isrc isrc, String territory) {
        return fault.named().contains(territory)
                || SplitMix.unit(SplitMix.of(SplitMix.of(seed, isrc.value()), territory)) < fault.share();
    }

    private boolean hits(int number, RecordingFaultRule rule, Isrc isrc) {
        return rule.isrcs().contains(isrc)
                || (rule.share() > 0
                        && SplitMix.unit(SplitMix.of(SplitMix.of(seed, number), isrc.value())) < rule.share());
    }
}
