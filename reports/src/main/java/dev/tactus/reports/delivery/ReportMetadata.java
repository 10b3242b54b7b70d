package dev.tactus.reports.delivery;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.rows.FieldBindings;
import dev.tactus.reports.rows.RecordRowHandler;
import dev.tactus.reports.rows.TableRowHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for a whole file: who sent it, which part of a set it is, what stood before its header.
///
/// @param part such as `1/2`; empty where it is the only one
record ReportMetadata(String sender, String part, Map<String, String> preamble) {
    /// @param inRows who has sent it, as its rows say
    /// @throws BadReport if nothing tells who sent it
    static ReportMetadata of(
            String name, FileScan scan, DetectedLayout detected, Optional<String> inRows, ImportOptions options) {
        Map<String, String> preamble = TableRowHandler.preamble(detected);
        Map<String, List<String>> kept = new LinkedHashMap<>();
        List<RowView> rows = new ArrayList<>(List.of(RowView.of(List.of())));
        detected.layout().records().ifPresent(shape -> {
            RowSample head = RowSample.of(name, scan.head(), detected.encoding(), detected.dialect());
            Map<String, List<String>> columns = RecordRowHandler.columns(shape, detected.comments());
            shape.kept().forEach((holder, record) -> {
                Optional<RowSample.SampleRow> first = head.rows().stream()
                        .filter(row -> RecordLayout.has(record.types(), shape.kindOf(row.cells())))
                        .findFirst();
                String type = first.map(row -> shape.kindOf(row.cells())).orElse("");
                kept.put(holder, columns.getOrDefault(type, columns.getOrDefault(RecordLayout.bare(type), List.of())));
                rows.add(RowView.of(first.map(row -> row.cells()
                                .subList(
                                        Math.min(shape.kind(), row.cells().size()),
                                        row.cells().size()))
                        .orElse(List.of())));
            });
        });
        FieldBindings binding = new FieldBindings(
                detected.layout(), detected.headings(), kept, preamble, options, ColumnConventions.ofLayout());
        RowView[] all = rows.toArray(RowView[]::new);
        String found = inRows.or(() -> binding.field(ReportField.SENDER).map(field -> field.text(all)))
                .orElse("");
        String sender = sender(name, detected.layout(), found, options);
        String part =
                binding.field(ReportField.PART).map(field -> field.text(all)).orElse("");
        return new ReportMetadata(sender, part.equals("1/1") ? "" : part, preamble);
    }

    /// A person knows better than a layout who has sent a file, for another may hand on what the layout's sender makes;
    /// against what the file itself says nobody does.
    private static String sender(String name, Layout layout, String found, ImportOptions options) {
        if (options.sender().isPresent()) {
            String said = options.sender().get();
            if (layout.assumedSender().isPresent() || found.isEmpty() || SenderName.same(found, said)) {
                return said;
            }
            throw new BadReport(name + ": --sender " + said + ", but the file itself says that " + found
                    + " has sent it; leave --sender out");
        }
        if (found.isEmpty()) {
            throw new BadReport(name + ": no sender found; pass --sender NAME");
        }
        return found;
    }
}
