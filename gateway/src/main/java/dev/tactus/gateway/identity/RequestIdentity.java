package dev.tactus.gateway.identity;

import dev.tactus.gateway.config.Organizations;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.gateway.usage.UsageMeter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Who sent a request, as far as the gateway can tell.
public sealed interface RequestIdentity {

    /// One of the applications, or a stranger that is held to limits as if it were one.
    ///
    /// @param id its name in usage; [UsageMeterRegistry#STRANGERS] for all strangers
    /// @param key by which its use of limits is kept
    /// @param restricted the plan while it is restricted
    /// @param group the organization that it belongs to
    record Application(String id, String key, Metered plan, Metered restricted, Optional<Group> group)
            implements RequestIdentity {
        /// One with these plans.
        public static Application of(String id, Plans plans, UsageMeterRegistry usage) {
            return of(id, "", plans, usage);
        }

        /// One with these plans at one of several upstreams.
        ///
        /// @param upstream its name, under which its limits are counted apart; empty where there is one
        static Application of(String id, String upstream, Plans plans, UsageMeterRegistry usage) {
            Metered usual = Metered.of(id, upstream, plans.usual(), usage);
            return new Application(
                    id,
                    upstream.isEmpty() ? id : id + "\n" + upstream,
                    usual,
                    plans.restricted()
                            .map(plan -> Metered.of(id, upstream, plan, usage))
                            .orElse(usual),
                    Optional.empty());
        }

        /// A stranger held to the same limits under a key of its own.
        Application keyed(String other) {
            return new Application(id, other, plan, restricted, group);
        }

        /// This one as a member of an organization.
        Application in(Organization organization) {
            return new Application(
                    id,
                    key,
                    plan,
                    restricted,
                    Optional.of(new Group(
                            organization, organization.over(plan.plan()), organization.over(restricted.plan()))));
        }

        /// All limits that hold under one of its plans, its organization's after its own: what answers tell of.
        public UsagePlan told(Metered under) {
            return group.map(of -> under.equals(plan) ? of.usual() : of.restricted())
                    .orElseGet(under::plan);
        }
    }

    /// An organization from a member's point of view.
    ///
    /// @param usual the member's limits and the organization's
    /// @param restricted the same while the member is restricted
    record Group(Organization organization, UsagePlan usual, UsagePlan restricted) {}

    /// What the applications of an organization have in common.
    ///
    /// @param key by which its use of limits is kept, and its usage is counted
    /// @param together the limits of each plan with its own after them
    record Organization(String key, Metered plan, Map<UsagePlan, UsagePlan> together) {
        static Organization of(String id, String upstream, UsagePlan plan, UsageMeterRegistry usage) {
            String name = Organizations.PREFIX + id;
            return new Organization(
                    upstream.isEmpty() ? name : name + "\n" + upstream,
                    Metered.of(name, upstream, plan, usage),
                    new ConcurrentHashMap<>());
        }

        private UsagePlan over(UsagePlan member) {
            return together.computeIfAbsent(
                    member,
                    missing -> new UsagePlan(Stream.concat(member.limits().stream(), plan.plan().limits().stream())
                            .toList()));
        }
    }

    /// The limits of an application, and those it has while it is restricted.
    record Plans(UsagePlan usual, Optional<UsagePlan> restricted) {}

    /// A plan and where its use is counted.
    record Metered(UsagePlan plan, UsageMeter meter) {
        static Metered of(String id, String upstream, UsagePlan plan, UsageMeterRegistry usage) {
            List<MeteredLimit> limits = upstream.isEmpty()
                    ? plan.metered()
                    : plan.metered().stream()
                            .map(one -> new MeteredLimit(upstream + "/" + one.name(), one.limit()))
                            .toList();
            return new Metered(plan, usage.meter(id, limits));
        }
    }

    /// Nobody that is let in.
    record Unknown() implements RequestIdentity {}
}
