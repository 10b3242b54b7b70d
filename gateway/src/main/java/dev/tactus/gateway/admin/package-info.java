/// The admin's address, and what brings counts to disk.
@NullMarked
package dev.tactus.gateway.admin;

import org.jspecify.annotations.NullMarked;
