package dev.tactus.reports.rows;

import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.layout.RecordLayout.KeptRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records that are kept under one name for the rows that refer to them.
final class RecordStore {
    private static final RowView NONE = RowView.of(List.of());

    private final KeptRecords kept;
    private final List<String> headings;
    private final Map<String, RowView> byKey = new HashMap<>();
    private RowView last = NONE;
    private int count;
    private String block = "";

    RecordStore(KeptRecords kept, List<String> headings) {
        this.kept = kept;
        this.headings = headings;
    }

    boolean keeps(String type) {
        return RecordLayout.has(kept.types(), type);
    }

    void keep(Map<String, Integer> places, RowView record) {
        kept.within().ifPresent(column -> enter(value(places, record, column)));
        List<String> arranged = new ArrayList<>();
        for (String heading : headings) {
            arranged.add(value(places, record, heading));
        }
        last = RowView.of(arranged);
        count++;
        for (String key : kept.key()) {
            String value = value(places, record, key);
            if (!value.isEmpty()) {
                byKey.putIfAbsent(value, last);
            }
        }
    }

    void enter(String newBlock) {
        if (!newBlock.equals(block)) {
            block = newBlock;
            byKey.clear();
            last = NONE;
            count = 0;
        }
    }

    /// The record that a row means.
    RowView of(Map<String, Integer> places, RowView row) {
        if (kept.key().isEmpty()) {
            return last;
        }
        if (kept.within().isPresent()
                && !value(places, row, kept.within().get()).equals(block)) {
            return NONE;
        }
        for (String by : kept.by()) {
            @Nullable RowView meant = byKey.get(value(places, row, by));
            if (meant != null) {
                return meant;
            }
        }
        return kept.alone() && count == 1 ? last : NONE;
    }

    /// What a record has under a heading; empty where it has no such column.
    static String value(Map<String, Integer> places, RowView row, String heading) {
        @Nullable Integer place = places.get(heading);
        return place == null ? "" : row.text(place);
    }
}
