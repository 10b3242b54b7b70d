package dev.tactus.simulator.behaviour;

import dev.tactus.limits.Limit;
import dev.tactus.settings.Section;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RequestFaultRule;
import dev.tactus.simulator.quota.LimitRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a simulated service behaves: its limits, its latency, its faults. Nothing here is needed; what is not said is
/// well-behaved. docs/simulator.md explains the YAML form.
///
/// @param requests passing faults; the first one that hits a request shows
/// @param recordings faults of recordings; the first one that is on shows
public record Behaviour(
        List<LimitRule> limits,
        Latency latency,
        TokenLifetime tokens,
        List<RequestFaultRule> requests,
        List<RecordingFaultRule> recordings) {
    public Behaviour {
        limits = List.copyOf(limits);
        requests = List.copyOf(requests);
        recordings = List.copyOf(recordings);
    }

    /// No limits, no latency, no faults.
    public static Behaviour faultless() {
        return new Behaviour(List.of(), Latency.NONE, TokenLifetime.HOURLY, List.of(), List.of());
    }

    /// Reads a behaviour file.
    ///
    /// @throws dev.tactus.settings.InvalidConfiguration for what is wrong in it, with file, line and key
    public static Behaviour read(Path file) {
        return BehaviourReader.read(Section.read(file, System::getenv));
    }

    /// Reads a behaviour from a text; `name` stands for the file's name in messages.
    public static Behaviour parse(String name, String yaml) {
        return BehaviourReader.read(Section.parse(name, yaml, System::getenv));
    }

    /// This, and a sliding log over all calls of a token besides.
    public Behaviour with(Limit ofToken) {
        return with(LimitRule.ofToken(ofToken));
    }

    public Behaviour with(LimitRule limit) {
        return new Behaviour(plus(limits, limit), latency, tokens, requests, recordings);
    }

    public Behaviour with(RequestFaultRule fault) {
        return new Behaviour(limits, latency, tokens, plus(requests, fault), recordings);
    }

    public Behaviour with(RecordingFaultRule fault) {
        return new Behaviour(limits, latency, tokens, requests, plus(recordings, fault));
    }

    public Behaviour with(Latency changed) {
        return new Behaviour(limits, changed, tokens, requests, recordings);
    }

    public Behaviour with(TokenLifetime changed) {
        return new Behaviour(limits, latency, changed, requests, recordings);
    }

    private static <T> List<T> plus(List<T> some, T one) {
        List<T> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }
}
