/// Prices, wallets, the double-entry ledger, invoices. Implements `gateway.Purse` on metering's journal; books
/// entries
/// in
/// the drain's transaction.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "database",
            "shell",
            "shell :: svg",
            "accounts",
            "jobs",
            "studio",
            "gateway",
            "metering"
        })
@NullMarked
package dev.sampan.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
