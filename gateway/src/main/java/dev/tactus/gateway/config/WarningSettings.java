package dev.tactus.gateway.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.math.BigDecimal;
import java.util.Optional;

/// When an application is told that refusals are near.
///
/// @param at from this share of a quota on
public record WarningSettings(BigDecimal at) {
    /// What holds where nothing is said.
    public static final WarningSettings DEFAULTS = new WarningSettings(new BigDecimal("0.8"));

    public WarningSettings {
        if (at.signum() <= 0) {
            throw new IllegalArgumentException(
                    "a warning before anything is used would always be given; expected a share above 0");
        }
    }

    /// Reads `{at: 80%}`, or `none`.
    static Optional<WarningSettings> read(Optional<Value> found) {
        if (found.isEmpty()) {
            return Optional.of(DEFAULTS);
        }
        Value value = found.get();
        if (!value.isSection()) {
            if (value.text().equals("none")) {
                return Optional.empty();
            }
            throw value.bad("expected {at: 80%} or none, found \"" + value.text() + "\"");
        }
        Section yaml = value.section();
        yaml.only("at");
        try {
            return Optional.of(
                    new WarningSettings(yaml.find("at").map(Value::share).orElse(DEFAULTS.at())));
        } catch (IllegalArgumentException e) {
            throw yaml.require("at").bad(String.valueOf(e.getMessage()));
        }
    }
}
