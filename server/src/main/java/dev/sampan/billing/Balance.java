package dev.sampan.billing;

import dev.sampan.kernel.Money;

/// What a wallet holds.
///
/// @param available may be spent now
/// @param held reserved by calls that run
/// @param spent charged so far, invoiced or not
public record Balance(Money available, Money held, Money spent) {}
