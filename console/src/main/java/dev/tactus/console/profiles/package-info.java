/// The commands below profile: how a service is spoken to, checked and tried out.
@NullMarked
package dev.tactus.console.profiles;

import org.jspecify.annotations.NullMarked;
