/// The limits that hold for an application, the routes they hold for, and what a request costs at each of them.
@NullMarked
package dev.tactus.gateway.quota;

import org.jspecify.annotations.NullMarked;
