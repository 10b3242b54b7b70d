/// The service without its transport: who asks, whether the limits let it pass, what goes wrong, what comes back.
@NullMarked
package dev.tactus.simulator.service;

import org.jspecify.annotations.NullMarked;
