/// A ledger for people and programs that don't type.
///
/// Pages, an API, events and a clock, over what the commands answer. It knows no ledger and no lake: whatever it shows
/// or does is a command, which whoever starts it runs. It may use
/// digest, limits, settings, database and webhook.
@NullMarked
package dev.tactus.serve;

import org.jspecify.annotations.NullMarked;
