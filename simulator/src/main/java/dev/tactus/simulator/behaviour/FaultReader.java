package dev.tactus.simulator.behaviour;

import static dev.tactus.simulator.behaviour.BehaviourReader.duration;
import static dev.tactus.simulator.behaviour.BehaviourReader.oneOf;
import static dev.tactus.simulator.behaviour.BehaviourReader.share;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFaultRule;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the faults of a [Behaviour] from YAML.
final class FaultReader {
    /// The names that faults have in a file.
    private enum Name {
        SERVER_ERROR,
        THROTTLED,
        RESET,
        STALLED,
        SLOW,
        TRUNCATED,
        HTML,
        DISGUISED_ERROR,
        OVERSIZED,
        REVOKED,
        EMPTY,
        MISSING,
        OTHER_RECORDING,
        DUPLICATED,
        WRONG_TYPE,
        MISSING_FIELD,
        DOUBLED_FIELD,
        POISONOUS,
        UNAVAILABLE,
        PENDING,
        FAILING_TERRITORIES,
        PRELIMINARY,
        DRIFTED
    }

    private enum Gap {
        OMITTED,
        NULLED
    }

    private enum Copy {
        IDENTICAL,
        CONTRADICTING
    }

    private enum Dress {
        PLAIN,
        DISGUISED
    }

    private FaultReader() {}

    static RequestFaultRule request(Section rule) {
        rule.only(
                "fault",
                "path",
                "share",
                "every",
                "requests",
                "from",
                "for",
                "repeat",
                "at_most", // when
                "status",
                "retry_after",
                "hold",
                "duration",
                "bytes", // of the request
                "as",
                "field",
                "territories",
                "named"); // of one item
        FaultSchedule when = new FaultSchedule(
                share(rule, "share", 1),
                rule.find("every").map(value -> value.whole(1, 1_000_000_000)).orElse(1),
                rule.find("requests")
                        .map(value -> value.list().stream()
                                .map(number -> number.whole(1L, Long.MAX_VALUE))
                                .collect(Collectors.toSet()))
                        .orElse(Set.of()),
                duration(rule, "from", Duration.ZERO),
                duration(rule, "for", FaultSchedule.FOR_EVER),
                duration(rule, "repeat", Duration.ZERO),
                rule.find("at_most")
                        .map(value -> value.whole(1L, Long.MAX_VALUE))
                        .orElse(Long.MAX_VALUE));
        return new RequestFaultRule(path(rule), when, requestFault(rule));
    }

    static RecordingFaultRule recording(Section rule) {
        rule.only(
                "fault",
                "path",
                "share",
                "isrcs",
                "asks",
                "from",
                "until",
                "as",
                "field",
                "territories",
                "named",
                "status",
                "lacks");
        if (!rule.has("share") && !rule.has("isrcs")) {
            throw rule.bad("say which recordings: a share, or a list of isrcs");
        }
        return new RecordingFaultRule(
                path(rule),
                itemFault(rule, name(rule)),
                share(rule, "share", 0),
                BehaviourReader.isrcs(rule),
                rule.find("asks").map(value -> value.whole(1, 1_000_000)).orElse(0),
                duration(rule, "from", Duration.ZERO),
                duration(rule, "until", FaultSchedule.FOR_EVER));
    }

    private static RequestFault requestFault(Section rule) {
        Name name = name(rule);
        return switch (name) {
            case SERVER_ERROR ->
                new RequestFault.ServerError(status(rule), duration(rule, "retry_after", Duration.ZERO));
            case THROTTLED ->
                new RequestFault.Throttled(
                        duration(rule, "retry_after", Duration.ZERO), duration(rule, "hold", Duration.ZERO));
            case RESET -> new RequestFault.Reset();
            case STALLED -> new RequestFault.Stalled(rule.require("duration").duration());
            case SLOW -> new RequestFault.Slow(rule.require("duration").duration());
            case TRUNCATED -> new RequestFault.Truncated();
            case HTML -> new RequestFault.Html();
            case DISGUISED_ERROR -> new RequestFault.Disguised(status(rule));
            case OVERSIZED ->
                new RequestFault.Oversized(rule.find("bytes")
                        .map(value -> value.whole(1L, 1L << 40))
                        .orElse(64L << 20));
            case REVOKED -> new RequestFault.Revoked();
            case EMPTY,
                    MISSING,
                    OTHER_RECORDING,
                    DUPLICATED,
                    WRONG_TYPE,
                    MISSING_FIELD,
                    DOUBLED_FIELD,
                    POISONOUS,
                    UNAVAILABLE,
                    PENDING,
                    FAILING_TERRITORIES,
                    PRELIMINARY,
                    DRIFTED -> new RequestFault.OneItem(itemFault(rule, name));
        };
    }

    private static ItemFault itemFault(Section rule, Name name) {
        return switch (name) {
            case EMPTY -> new ItemFault.Empty();
            case MISSING ->
                new ItemFault.Missing(
                        rule.find("as").map(value -> oneOf(value, Gap.values())).orElse(Gap.OMITTED) == Gap.NULLED);
            case OTHER_RECORDING -> new ItemFault.OtherRecording();
            case DUPLICATED ->
                new ItemFault.Duplicated(rule.find("as")
                                .map(value -> oneOf(value, Copy.values()))
                                .orElse(Copy.IDENTICAL)
                        == Copy.CONTRADICTING);
            case WRONG_TYPE -> new ItemFault.WrongType(rule.require("field").text());
            case MISSING_FIELD ->
                new ItemFault.MissingField(rule.require("field").text());
            case DOUBLED_FIELD ->
                new ItemFault.DoubledField(rule.require("field").text());
            case POISONOUS ->
                new ItemFault.Poisonous(
                        status(rule),
                        rule.find("as")
                                        .map(value -> oneOf(value, Dress.values()))
                                        .orElse(Dress.PLAIN)
                                == Dress.DISGUISED);
            case UNAVAILABLE -> new ItemFault.Unavailable();
            case PENDING -> new ItemFault.Pending();
            case FAILING_TERRITORIES -> failing(rule);
            case PRELIMINARY -> new ItemFault.Preliminary(share(rule, "lacks", 0.1));
            case DRIFTED -> new ItemFault.Drifted(oneOf(rule.require("field"), ItemFault.Aspect.values()));
            case SERVER_ERROR, THROTTLED, RESET, STALLED, SLOW, TRUNCATED, HTML, DISGUISED_ERROR, OVERSIZED, REVOKED ->
                throw rule.require("fault")
                        .bad("\"" + BehaviourReader.label(name)
                                + "\" happens to requests, not to recordings; write it under requests");
        };
    }

    private static int status(Section rule) {
        return rule.find("status").map(value -> value.whole(400, 599)).orElse(500);
    }

    private static ItemFault failing(Section rule) {
        Set<String> named = rule.find("named")
                .map(value -> value.list().stream().map(Value::text).collect(Collectors.toSet()))
                .orElse(Set.of());
        return new ItemFault.FailingTerritories(share(rule, "territories", named.isEmpty() ? 0.1 : 0), named);
    }

    private static Name name(Section rule) {
        return oneOf(rule.require("fault"), Name.values());
    }

    private static String path(Section rule) {
        return rule.find("path")
                .map(value -> {
                    if (!value.text().startsWith("/")) {
                        throw value.bad("a path begins with /, for example /v1/search");
                    }
                    return value.text();
                })
                .orElse("");
    }
}
