/// The commands below variances: what people decide about rows whose two sides differ.
@NullMarked
package dev.tactus.console.variances;

import org.jspecify.annotations.NullMarked;
