package dev.sampan.billing;

import dev.sampan.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;

/// What is given back of an invoice, which itself is never changed.
///
/// @param number such as `C-2026-000001`, without gaps
/// @param tax of the amount
/// @param offDue what it took off the invoice's due amount
/// @param toWallet what it put back into the wallet
public record CreditNote(
        String number,
        TenantId tenant,
        String customerName,
        String invoice,
        String reason,
        String currency,
        BigDecimal amount,
        BigDecimal tax,
        BigDecimal offDue,
        BigDecimal toWallet,
        Instant issuedAt) {}
