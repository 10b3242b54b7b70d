package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.join.GroupPrecedence.Precedence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides, where rows of a group of territories and of its members are the same usage twice, which of them stand
/// aside.
///
/// From the smallest groups to the largest, each beside what is left of its members by then. The members are payable,
/// unless they have less than a tenth of what the group has. Refunds and adjustments take nobody's place; they follow
/// the
/// rows that they refund.
public final class GroupMeetings {
    /// The first version asked only whether a member's row says anything at all.
    private static final int WHATEVER_IT_SAYS = 1;

    /// From this version on rows are compared by what they say.
    static final int BY_AMOUNTS = 2;

    /// From this version on refunds decide nothing, and what a close has decided is kept.
    static final int KEPT = 3;

    private GroupMeetings() {}

    /// Makes [JoinRelations#TERRITORY_PRECEDENCE] and [JoinRelations#GROUP_MEETING], whatever was decided before.
    ///
    /// @param version of the groups and of this rule
    /// @param labels the territories that occur, as reports name them
    /// @param rows a relation with the rows, in which `place` says which of them may count
    /// @return whether any of the territories is a group of another
    public static boolean make(Workbench bench, int version, Collection<String> labels, String rows) {
        JoinRelations.KEPT_CLAIM.makeEmpty(bench);
        return keeping(bench, version, labels, rows);
    }

    /// The same, but that what [JoinRelations#KEPT_CLAIM] says is decided stays so.
    static boolean keeping(Workbench bench, int version, Collection<String> labels, String rows) {
        List<Precedence> precedences = GroupPrecedence.among(TerritoryGroups.version(version), labels);
        JoinRelations.TERRITORY_PRECEDENCE.make(
                bench,
                precedences.stream()
                        .map(one -> List.<@Nullable Object>of(one.coarser(), one.finer(), (long) one.level()))
                        .toList());
        if (precedences.isEmpty()) {
            JoinRelations.GROUP_MEETING.makeEmpty(bench);
            return false;
        }
        int levels = precedences.stream().mapToInt(Precedence::level).max().orElseThrow();
        JoinRelations.GROUP_MEETING.make(
                bench,
                version <= WHATEVER_IT_SAYS
                        ? sql("group_meeting").insert("rows", rows).text()
                        : byAmounts(version, rows, levels));
        return true;
    }

    private static String byAmounts(int version, String rows, int levels) {
        boolean keeps = version >= KEPT;
        List<String> with = new ArrayList<>();
        List<String> meetings = new ArrayList<>();
        with.add("claims0 AS MATERIALIZED ("
                + sql(keeps ? "group_claim_sold" : "group_claim")
                        .insert("rows", rows)
                        .text() + ")");
        for (int level = 1; level <= levels; level++) {
            String before = "claims" + (level - 1);
            String met = "met" + level;
            with.add(met + " AS MATERIALIZED ("
                    + sql(keeps ? "group_level_kept" : "group_level")
                            .insert("claims", before)
                            .insert("level", Integer.toString(level))
                            .text()
                    + ")");
            String meeting = "SELECT isrc, usage_type, label, usage_start, usage_end, member,"
                    + " 'group_beside_members' AS place FROM " + met + " WHERE finer UNION ALL"
                    + " SELECT isrc, usage_type, member_label, member_start, member_end, territory,"
                    + " 'members_beside_group' FROM " + met + " WHERE NOT finer";
            with.add("aside" + level + " AS MATERIALIZED (" + meeting + ")");
            with.add("claims" + level + " AS MATERIALIZED (SELECT c.* FROM " + before + " c ANTI JOIN aside" + level
                    + " a ON a.isrc = c.isrc AND a.usage_type = c.usage_type AND a.label = c.label"
                    + " AND a.usage_start = c.usage_start AND a.usage_end = c.usage_end)");
            meetings.add("FROM aside" + level);
        }
        String all = String.join(" UNION ALL ", meetings);
        if (keeps) {
            with.add("all_aside AS MATERIALIZED (" + all + ")");
            all = "FROM all_aside UNION ALL " + sql("group_refund").text();
        }
        return "WITH " + String.join(",\n", with) + "\nSELECT DISTINCT * FROM (" + all + ")";
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(GroupMeetings.class, name);
    }
}
