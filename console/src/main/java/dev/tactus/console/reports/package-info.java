/// The commands below reports: sales reports and the usage in them.
@NullMarked
package dev.tactus.console.reports;

import org.jspecify.annotations.NullMarked;
