package dev.tactus.lake.table;

/// A table's commit of a publication.
///
/// @param rows of the publication itself in this table
/// @param added rows that the commit wrote, rewritten neighbours included
/// @param removed rows of the files that it replaced
public record TableCommit(LakeTable table, long snapshotId, long rows, long added, long removed) {}
