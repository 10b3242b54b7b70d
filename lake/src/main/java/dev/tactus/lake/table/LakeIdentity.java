package dev.tactus.lake.table;

/// Which lake it is, whose, and how often it has changed.
///
/// @param lakeId random, for ever; copies of the folder share it
/// @param ledgerId of the ledger that writes to it
/// @param ledgerPath where that ledger was last, for people
/// @param epoch the number of the last change
/// @param mark of the last change, random; empty before the first
public record LakeIdentity(String lakeId, String ledgerId, String ledgerPath, long epoch, String mark) {}
