package dev.sampan.spec;

import dev.sampan.kernel.Money;

/// Block `product`: what a call costs.
///
/// @param name shown on invoices
/// @param pricePerCall price of one input answered
/// @param trialCredit granted once to a new customer
public record ProductSpec(String name, Money pricePerCall, Money trialCredit) {}
