package dev.tactus.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for a whole file: who sent it, which part of a set it is, what stood before its header.
///
/// @param part such as `1/2`; empty where it is the only one
record FileFacts(String sender, String part, Map<String, String> preamble) {
    /// @throws BadReport if nothing tells who sent it
    static FileFacts of(String name, Survey survey, Recognised recognised, ImportOptions options) {
        Map<String, String> preamble = TableRows.preamble(recognised);
        Map<String, List<String>> kept = new LinkedHashMap<>();
        List<Cells> rows = new ArrayList<>(List.of(Cells.of(List.of())));
        recognised.layout().records().ifPresent(shape -> {
            Head head = Head.of(name, survey.head(), recognised.encoding(), recognised.dialect());
            Map<String, List<String>> columns = RecordRows.columns(shape, recognised.comments());
            shape.kept().forEach((holder, record) -> {
                Optional<Head.Row> first = head.rows().stream()
                        .filter(row ->
                                RecordShape.has(record.types(), row.cells().getFirst()))
                        .findFirst();
                String type = first.map(row -> row.cells().getFirst()).orElse("");
                kept.put(holder, columns.getOrDefault(type, columns.getOrDefault(RecordShape.bare(type), List.of())));
                rows.add(Cells.of(
                        first.map(row -> row.cells().subList(1, row.cells().size()))
                                .orElse(List.of())));
            });
        });
        Binding binding = new Binding(recognised.layout(), recognised.headings(), kept, preamble, options);
        Cells[] all = rows.toArray(Cells[]::new);
        String sender = binding.field(Field.SENDER)
                .map(field -> field.text(all))
                .filter(text -> !text.isEmpty())
                .orElseThrow(
                        () -> new BadReport(name + ": nothing in it tells who sent it; say so with --sender NAME"));
        String part = binding.field(Field.PART).map(field -> field.text(all)).orElse("");
        return new FileFacts(sender, part.equals("1/1") ? "" : part, preamble);
    }
}
