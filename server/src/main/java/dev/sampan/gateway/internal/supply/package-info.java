/// Suppliers: who answers for a public model, how they fare, and how an answer is brought from them to the caller.
@NullMarked
package dev.sampan.gateway.internal.supply;

import org.jspecify.annotations.NullMarked;
