/// Ways to pay, behind one port. In: what is asked from whom. Out: where to pay it, and what really happened, told
/// by a notification whose signature is right or by asking.
///
/// **Invariants.** No provider's word is taken without its signature. Amounts are exact, in the currency's
/// smallest unit or as decimal text, never a binary fraction. An id of ours makes each request safe to send again.
/// What is sure not to have happened ([ProviderTrouble.Refused]) and what may have ([ProviderTrouble.Away]) are
/// told apart.
@NullMarked
package dev.sampan.payments.internal.provider;

import org.jspecify.annotations.NullMarked;
