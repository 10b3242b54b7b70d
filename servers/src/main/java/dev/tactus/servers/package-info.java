/// Real servers for tests: the machine's own binaries, started in a temporary folder and gone with the process.
@NullMarked
package dev.tactus.servers;

import org.jspecify.annotations.NullMarked;
