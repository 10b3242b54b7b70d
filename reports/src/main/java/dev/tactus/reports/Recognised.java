package dev.tactus.reports;

import java.util.List;
import java.util.Map;

/// How a particular file is to be read.
///
/// @param headerLine the line its header begins on; 0 where there is none
/// @param headings of the header; where there is none, the layout's
/// @param before the rows before the header
/// @param comments the columns that comment lines name, by kind of record
record Recognised(
        Layout layout,
        Dialect dialect,
        Encoding encoding,
        long headerLine,
        List<String> headings,
        List<List<String>> before,
        Map<String, List<String>> comments) {}
