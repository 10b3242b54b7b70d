/// Sales and usage reports: what a file looks like is data (layouts); its rows land in the lake, typed, or are set
/// aside.
/// It may use digest, music, settings, ledger and lake.
@NullMarked
package dev.tactus.reports;

import org.jspecify.annotations.NullMarked;
