/// Prices, wallets, the double-entry ledger, invoices. Implements `gateway.Purse` on metering's journal;
/// books entries in the drain's transaction.
///
/// **Where a customer's money is.** `wallet.balance` is what was granted less what was booked; it equals the
/// sum of the wallet's ledger entries at all times. `wallet.leased` of it has been handed to installations as
/// slices; an installation holds and charges its slice in memory and on its journal, so a call costs no row
/// update. What may be handed out is `balance - leased`, never below zero by constraint, and a slice never
/// goes below zero in memory: that is why a prepaid wallet cannot be overspent, whatever crashes. Towards the
/// end slices shrink to the amount of one call, so the last cent can be spent.
///
/// **Funds** ([Funds]) are amounts beside the wallet, of money or of counted units, for some time and some models. A
/// call is paid wholly by one of them or by the wallet; they are leased to installations as wallets are.
///
/// **Invariants.** Each ledger transaction sums to zero (a deferred trigger); entries, usage, invoices are
/// never changed. Of each slice, a fund's or a wallet's: leased in the database = free + held + charged and not
/// booked yet. An invoice's total is the sum of its lines, each rounded once; every row of usage is on exactly one
/// invoice.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "database",
            "shell",
            "shell :: svg",
            "accounts",
            "integrity",
            "jobs",
            "studio",
            "suppliers",
            "gateway",
            "metering"
        })
@NullMarked
package dev.sampan.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
