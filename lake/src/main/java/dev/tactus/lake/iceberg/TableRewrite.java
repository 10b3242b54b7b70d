package dev.tactus.lake.iceberg;

import dev.tactus.lake.table.LakeTable;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;

/// Files of a table that take the place of others, made on the table as it is given here.
public record TableRewrite(LakeTable lakeTable, Table table, RewriteFiles files) {}
