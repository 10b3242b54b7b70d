package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;

/// A dataset on a day that a run has published.
///
/// @param askedAt when the run began: no answer in it is older
public record FetchedSlice(Dataset dataset, LocalDate day, Instant askedAt) {}
