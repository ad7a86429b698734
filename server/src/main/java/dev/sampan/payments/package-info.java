/// Money from outside: Stripe, WeChat Pay, Alipay, bank transfer. In: `payments.yaml` as one whole set
/// ([PaymentSetup]), an amount asked from a customer ([Payments#createLink]), what providers tell
/// ([Notifications]). Out: credit in billing's wallets, refunds, disputes, a daily comparison of books
/// ([Reconciliations]).
///
/// **How money becomes credit.** A *link* asks a customer for an amount. Opening it makes a *payment* at one
/// provider, which knows it by our id. A provider's notification is read when its signature over the bytes that
/// came is right and fresh; its row in the inbox, the payment's move to paid and billing's credit are one
/// transaction, and only after its commit is the provider answered. So a notification that comes five times
/// credits once, and one whose handling failed comes again. What was never told is asked for, by the same way in.
///
/// **Invariants.** Only what is paid credits, in the amount and currency that were asked, once for a payment:
/// by the inbox, by the payment's state (kept by the database: paid is the end), and by the reference in billing's
/// ledger. A payment that has expired or was closed and is paid all the same credits. A refund leaves the wallet
/// before it leaves the bank; all refunds of a payment, open ones included, never exceed it. Secrets are sealed by
/// the vault.
@ApplicationModule(
        allowedDependencies = {"kernel", "spec", "database", "shell", "trust", "accounts", "integrity", "billing"})
@NullMarked
package dev.sampan.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
