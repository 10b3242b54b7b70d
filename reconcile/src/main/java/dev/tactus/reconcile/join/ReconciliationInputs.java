package dev.tactus.reconcile.join;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a reconciliation is made from, and the name that follows from it.
public final class ReconciliationInputs {
    /// The tables that are read.
    static final List<LakeTable> TABLES = List.of(LakeTable.DAILY_STREAMS, LakeTable.SALES, LakeTable.USAGE_MATCHES);

    /// Grows when the same inputs would come to something else.
    private static final String VERSION = "1";

    private static final int DIGITS = 12;

    private ReconciliationInputs() {}

    /// Of these snapshots those that are read.
    public static Map<LakeTable, Long> of(Map<LakeTable, Long> snapshots) {
        Map<LakeTable, Long> inputs = new EnumMap<>(LakeTable.class);
        inputs.putAll(snapshots);
        inputs.keySet().retainAll(TABLES);
        return inputs;
    }

    /// Such as `spotify-2026-10-3f9c2a88d01b`: the same for the same inputs.
    ///
    /// @param corrected the closes it may correct, and what other periods have adjusted already
    public static String id(
            String source,
            Period period,
            ReconciliationRules rules,
            ServiceSources services,
            Map<LakeTable, Long> inputs,
            Optional<String> catalogHash,
            List<String> corrected) {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append('\n').append(source).append('\n').append(period);
        rules.written()
                .forEach((name, value) ->
                        text.append('\n').append(name).append('=').append(value));
        new TreeMap<>(services.bySource())
                .forEach((service, name) ->
                        text.append('\n').append(service).append("->").append(name));
        inputs.forEach((table, snapshot) ->
                text.append('\n').append(table.label()).append('@').append(snapshot));
        text.append('\n').append(catalogHash.orElse(""));
        corrected.forEach(one -> text.append('\n').append(one));
        return source + "-" + period + "-" + Sha256.of(text.toString()).hex(DIGITS);
    }
}
