package dev.tactus.reports.gate;

import java.math.BigDecimal;

/// How much of a delivery may be missing before a person has to accept it.
///
/// @param falls the share by which rows, units or money may be less than in the delivery that it replaces
/// @param rejectedMoney the share of its money that may stand in rejected rows
public record GateRules(BigDecimal falls, BigDecimal rejectedMoney) {
    public GateRules {
        require(falls);
        require(rejectedMoney);
    }

    private static void require(BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("expected a share from 0 to 1, found " + share.toPlainString());
        }
    }

    public static GateRules defaults() {
        return new GateRules(new BigDecimal("0.01"), new BigDecimal("0.01"));
    }
}
