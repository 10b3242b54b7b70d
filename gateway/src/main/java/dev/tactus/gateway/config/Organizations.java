package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the organizations, each of which has limits that all its applications share: a request is charged to the
/// application's limits and the organization's, or to none of them.
public final class Organizations {
    /// What stands before an organization's id where usage is counted, so that it is no application's.
    public static final String PREFIX = "organization/";

    private Organizations() {}

    static Map<String, List<LimitSettings>> read(Section yaml, GatewayMode mode, boolean oneOfSeveral) {
        Map<String, List<LimitSettings>> all = new LinkedHashMap<>();
        Optional<Value> found = yaml.find("organizations");
        if (mode == GatewayMode.PACE) {
            found.filter(value -> !oneOfSeveral).ifPresent(value -> {
                throw value.bad("organizations are for mode: enforce only");
            });
            return all;
        }
        for (Value value : found.map(Value::list).orElse(List.of())) {
            Section one = value.section();
            one.only("id", "limits");
            Value id = one.require("id");
            if (!id.text().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}")) {
                throw id.bad("an organization's id is made of letters, digits, ., - and _, such as media-group, not \""
                        + id.text() + "\"");
            }
            if (all.put(id.text(), LimitSettingsReader.limits(Optional.of(one.require("limits")), mode)) != null) {
                throw id.bad("duplicate organization id " + id.text());
            }
        }
        return all;
    }

    /// An application's, checked: its limits need names of their own, as answers and usage tell them by name.
    static Optional<String> of(Section application, List<LimitSettings> limits, CommonLimits common) {
        Optional<Value> found = application.find("organization");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Value name = found.get();
        List<LimitSettings> shared = common.organizations().get(name.text());
        if (shared == null) {
            if (common.mode() == GatewayMode.PACE) {
                return Optional.empty();
            }
            throw name.bad(
                    common.organizations().isEmpty()
                            ? "there are no organizations; write organizations: [{id: " + name.text()
                                    + ", limits: […]}]"
                            : "expected an organization, one of "
                                    + String.join(", ", common.organizations().keySet()) + ", found \"" + name.text()
                                    + "\"");
        }
        limits.stream()
                .map(LimitSettings::name)
                .filter(own -> shared.stream().anyMatch(each -> each.name().equals(own)))
                .findFirst()
                .ifPresent(twice -> {
                    throw name.bad("the organization and the application both have a limit " + twice
                            + "; give the organization's another name");
                });
        return Optional.of(name.text());
    }
}
