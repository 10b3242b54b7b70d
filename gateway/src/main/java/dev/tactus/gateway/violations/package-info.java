/// What follows when an application goes over its limits again and again: notices, restrictions, revocations, and
/// the messages about them.
@NullMarked
package dev.tactus.gateway.violations;

import org.jspecify.annotations.NullMarked;
