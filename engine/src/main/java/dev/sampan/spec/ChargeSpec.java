package dev.sampan.spec;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a quantity of one meter, or an amount of money, becomes a price at the end of a period.
///
/// Prices are stated for `per` units (1, 1,000 or 1,000,000), so that every amount is a finite decimal.
public sealed interface ChargeSpec {
    /// The same for any quantity above zero.
    record Flat(BigDecimal price) implements ChargeSpec {}

    /// Each unit costs the same.
    record Unit(BigDecimal price, long per) implements ChargeSpec {}

    /// Each unit costs what the tier says in which it lies: the first million at one price, the next at another.
    record Graduated(List<Tier> tiers, long per) implements ChargeSpec {
        public Graduated {
            tiers = List.copyOf(tiers);
        }
    }

    /// All units cost what the tier says in which the whole quantity lies.
    record Volume(List<Tier> tiers, long per) implements ChargeSpec {
        public Volume {
            tiers = List.copyOf(tiers);
        }
    }

    /// Whole packages of `size` units; one that is begun is paid whole.
    record Packaged(BigDecimal price, long size) implements ChargeSpec {}

    /// A share of what was spent, and so much for each call; never below `min` nor above `max` where something was
    /// spent.
    record Percentage(
            BigDecimal percent,
            BigDecimal perCall,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) implements ChargeSpec {}

    /// Units above the last tier's end, up to and with `upTo`.
    ///
    /// @param upTo inclusive; null for the last tier, which has no end
    /// @param flat once, when a unit lies in this tier (for a volume price: when the whole quantity does)
    record Tier(@Nullable Long upTo, BigDecimal price, BigDecimal flat) {}
}
