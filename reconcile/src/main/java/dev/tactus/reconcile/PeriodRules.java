package dev.tactus.reconcile;

/// The rules that hold for a source's period.
@FunctionalInterface
public interface PeriodRules {
    ReconciliationRules of(String source, Period period);
}
