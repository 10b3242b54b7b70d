package dev.tactus.gateway.tracing;

import java.util.Optional;

/// Which traces are kept, by the names that OpenTelemetry has for it (`OTEL_TRACES_SAMPLER`).
///
/// @param asksParent whether the caller's own decision holds where there is one
/// @param share of the other traces, told by the trace's id so that all who sample by it keep the same ones
record TraceSampler(boolean asksParent, double share) {
    /// @throws IllegalArgumentException for what is none
    static TraceSampler of(String name, Optional<String> argument) {
        boolean parent = name.startsWith("parentbased_");
        double share = switch (parent ? name.substring("parentbased_".length()) : name) {
            case "always_on" -> 1;
            case "always_off" -> 0;
            case "traceidratio" -> share(argument.orElse("1"));
            default ->
                throw new IllegalArgumentException("OTEL_TRACES_SAMPLER: expected always_on, always_off, traceidratio,"
                        + " or one of these after parentbased_, found \"" + name + "\"");
        };
        return new TraceSampler(parent, share);
    }

    private static double share(String argument) {
        try {
            double share = Double.parseDouble(argument.strip());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, found \"" + argument + "\"", e);
        }
        throw new IllegalArgumentException(
                "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, found \"" + argument + "\"");
    }

    boolean keeps(String trace, Optional<TraceContext> parent) {
        if (asksParent && parent.isPresent()) {
            return parent.get().sampled();
        }
        // the last 63 bits are random by any version of the format
        long random = Long.parseUnsignedLong(trace, 16, 32, 16) >>> 1;
        return share >= 1 || random < (long) (share * (double) Long.MAX_VALUE);
    }
}
