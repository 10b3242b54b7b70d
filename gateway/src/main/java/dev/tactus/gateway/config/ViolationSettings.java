package dev.tactus.gateway.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When an application violates its limits "regularly and continuously", and what follows.
///
/// @param refusedShare a day counts when at least this share of its requests is refused
/// @param days so many such days …
/// @param ofDays … among so many
/// @param grace from the notice to the restriction
/// @param restrictTo the share of its limits that a restricted application keeps
/// @param revokeAfter from the restriction to the revocation, if nothing changes
public record ViolationSettings(
        BigDecimal refusedShare, int days, int ofDays, Duration grace, BigDecimal restrictTo, Duration revokeAfter) {
    /// The share that an application keeps where an admin restricts it and nothing else is said.
    public static final BigDecimal RESTRICT_TO = new BigDecimal("0.5");

    private static final Pattern REGULAR =
            Pattern.compile("\\s*(\\d{1,3}(?:\\.\\d{1,4})?)\\s*% refused on (\\d{1,3}) of (\\d{1,3}) days\\s*");

    public ViolationSettings {
        if (refusedShare.signum() <= 0 || refusedShare.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("the refused share must be above 0% and at most 100%");
        }
        if (days < 1 || days > ofDays || ofDays > 366) {
            throw new IllegalArgumentException(
                    days + " of " + ofDays + " days is impossible; expected such as 3 of 7 days");
        }
        if (restrictTo.signum() <= 0 || restrictTo.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("restrict_to must be above 0% and at most 100%");
        }
    }

    /// Reads `20% refused on 3 of 7 days`.
    public static ViolationSettings of(String regular, Duration grace, BigDecimal restrictTo, Duration revokeAfter) {
        Matcher matcher = REGULAR.matcher(regular);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected \"20% refused on 3 of 7 days\", found \"" + regular + "\"");
        }
        return new ViolationSettings(
                new BigDecimal(matcher.group(1)).movePointLeft(2),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                grace,
                restrictTo,
                revokeAfter);
    }
}
