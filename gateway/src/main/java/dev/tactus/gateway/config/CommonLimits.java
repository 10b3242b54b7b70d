package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the limits of an application are put over: those of its plan, else the common ones.
///
/// @param limits the common ones
/// @param plans those of each plan, over the common ones
/// @param organizations those that the applications of each organization share
/// @param folder paths are relative to
/// @param oneOfSeveral whether they are for one of several upstreams: of an application's and a plan's limits those
/// hold that this one has
/// @param namesOfAll the names of all upstreams' limits, where they are known
record CommonLimits(
        List<LimitSettings> limits,
        Map<String, List<LimitSettings>> plans,
        Map<String, List<LimitSettings>> organizations,
        GatewayMode mode,
        Path folder,
        boolean oneOfSeveral,
        Optional<Set<String>> namesOfAll) {
    /// Reads the plans, and takes the common limits.
    static CommonLimits read(
            Section yaml, List<LimitSettings> limits, GatewayMode mode, Path folder, Optional<Set<String>> namesOfAll) {
        CommonLimits common =
                new CommonLimits(limits, Map.of(), Map.of(), mode, folder, namesOfAll.isPresent(), namesOfAll);
        Map<String, List<LimitSettings>> plans = new LinkedHashMap<>();
        yaml.find("plans")
                .map(Value::section)
                .ifPresent(section -> section.entries().forEach((name, value) -> {
                    if (!name.matches("[a-z0-9][a-z0-9_-]{0,40}")) {
                        throw value.bad(
                                "a plan's name is made of a-z, 0-9, - and _, such as gold, not \"" + name + "\"");
                    }
                    Section plan = value.section();
                    plan.only("limits");
                    plans.put(name, common.over(limits, plan.find("limits")));
                }));
        return new CommonLimits(
                limits,
                plans,
                Organizations.read(yaml, mode, namesOfAll.isPresent()),
                mode,
                folder,
                namesOfAll.isPresent(),
                namesOfAll);
    }

    /// The limits of an application.
    ///
    /// @param plan the name of its plan
    /// @param own its own
    List<LimitSettings> with(Optional<Value> plan, Optional<Value> own) {
        return over(plan.map(this::planned).orElse(limits), own);
    }

    private List<LimitSettings> planned(Value name) {
        List<LimitSettings> found = plans.get(name.text());
        if (found == null) {
            throw name.bad(
                    plans.isEmpty()
                            ? "there are no plans; write plans: {" + name.text() + ": {limits: […]}}"
                            : "expected a plan, one of " + String.join(", ", plans.keySet()) + ", found \""
                                    + name.text() + "\"");
        }
        return found;
    }

    private List<LimitSettings> over(List<LimitSettings> below, Optional<Value> limitsOf) {
        return oneOfSeveral
                ? LimitSettingsReader.overKnown(below, limitsOf, mode, namesOfAll)
                : LimitSettingsReader.over(below, limitsOf, mode);
    }
}
