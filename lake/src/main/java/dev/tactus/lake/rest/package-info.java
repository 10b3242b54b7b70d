/// The lake's catalog, offered to other programs by Iceberg's REST protocol.
@NullMarked
package dev.tactus.lake.rest;

import org.jspecify.annotations.NullMarked;
