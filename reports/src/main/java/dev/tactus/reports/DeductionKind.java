package dev.tactus.reports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why something is taken off the label's money that is no usage: the `kind` of a row in `deductions`.
public enum DeductionKind {
    /// a tax, or royalties of others, kept back for them
    WITHHOLDING,
    /// what somebody takes for a service
    FEE,
    /// money that was paid before it was earned
    ADVANCE,
    /// an advance or a cost that is paid back
    RECOUPMENT,
    /// what an earlier statement left over
    BALANCE,
    /// anything else that is no usage
    OTHER;

    /// As layouts and the lake name it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeductionKind> named(String label) {
        return Arrays.stream(values()).filter(t -> t.label().equals(label)).findFirst();
    }

    public static String labels() {
        return Arrays.stream(values()).map(DeductionKind::label).collect(Collectors.joining(", "));
    }
}
