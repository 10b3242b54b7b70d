package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import java.time.LocalDate;

/// What is still to be fetched for a recording: a dataset on a day.
public record OpenItem(Dataset dataset, LocalDate day) {}
