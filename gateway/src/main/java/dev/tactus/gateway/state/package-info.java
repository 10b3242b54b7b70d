/// The state file: its tables and the records in them.
@NullMarked
package dev.tactus.gateway.state;

import org.jspecify.annotations.NullMarked;
