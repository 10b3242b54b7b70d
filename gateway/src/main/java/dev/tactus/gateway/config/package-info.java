/// The configuration file `gateway.yaml`: read, checked, and read again when it changes.
@NullMarked
package dev.tactus.gateway.config;

import org.jspecify.annotations.NullMarked;
