package dev.sampan.suppliers;

import dev.sampan.kernel.ActorId;
import dev.sampan.spec.SuppliersSpec.Model;

/// What customers pay for supplied models, a port: billing stands behind it.
public interface Pricing {
    /// Puts the price that the model's file states in force.
    ///
    /// @param model with a price
    void price(Model model, ActorId by);
}
