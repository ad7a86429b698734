package dev.sampan.spec;

import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `payments.yaml`: how customers' money comes in.
///
/// @param publicUrl where customers and providers reach the console, without a path of its own
/// @param linkDays how long a payment link may be opened, 1 to 90
public record PaymentsSpec(URI publicUrl, int linkDays, List<Provider> providers) {
    public PaymentsSpec {
        providers = List.copyOf(providers);
    }

    public Optional<Provider> provider(String name) {
        return providers.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// One way to pay. Secrets are named by the environment variable that holds them when the file is applied.
    public sealed interface Provider {
        /// As it stands in the address of its notifications.
        String name();

        /// What it takes; at least one.
        List<Currency> currencies();

        /// The variables whose secrets it wants.
        List<String> variables();
    }

    /// Stripe Checkout.
    ///
    /// @param webhookSecrets variables; the newest first, former ones as long as they are rotated
    public record Stripe(
            String name, URI baseUrl, List<Currency> currencies, String apiKey, List<String> webhookSecrets)
            implements Provider {
        public Stripe {
            currencies = List.copyOf(currencies);
            webhookSecrets = List.copyOf(webhookSecrets);
        }

        @Override
        public List<String> variables() {
            return Stream.concat(Stream.of(apiKey), webhookSecrets.stream()).toList();
        }
    }

    /// WeChat Pay v3, native: a QR code that is scanned.
    ///
    /// @param serial of the merchant's certificate, whose private key signs our requests
    /// @param apiKey variable with the APIv3 key, which opens notifications
    /// @param platformKeys what WeChat Pay signs with; several as long as they are rotated
    public record WeChat(
            String name,
            URI baseUrl,
            String appId,
            String merchant,
            String serial,
            String privateKey,
            String apiKey,
            List<PlatformKey> platformKeys)
            implements Provider {
        public WeChat {
            platformKeys = List.copyOf(platformKeys);
        }

        @Override
        public List<Currency> currencies() {
            return List.of(YUAN);
        }

        @Override
        public List<String> variables() {
            return Stream.concat(
                            Stream.of(privateKey, apiKey), platformKeys.stream().map(PlatformKey::key))
                    .toList();
        }
    }

    /// @param id as in the header `Wechatpay-Serial`: `PUB_KEY_ID_…`, or the serial of a platform certificate
    /// @param key variable with the public key or the certificate, as PEM
    public record PlatformKey(String id, String key) {}

    /// Alipay, signed by RSA2.
    ///
    /// @param publicKeys variables; Alipay's keys, the newest first, former ones as long as they are rotated
    /// @param seller checked in notifications where stated
    public record Alipay(
            String name,
            URI baseUrl,
            String appId,
            @Nullable String seller,
            String privateKey,
            List<String> publicKeys,
            Show show)
            implements Provider {
        public Alipay {
            publicKeys = List.copyOf(publicKeys);
        }

        @Override
        public List<Currency> currencies() {
            return List.of(YUAN);
        }

        @Override
        public List<String> variables() {
            return Stream.concat(Stream.of(privateKey), publicKeys.stream()).toList();
        }
    }

    /// How a customer gets to Alipay.
    public enum Show {
        /// A QR code on our page.
        QR,
        /// Alipay's own page.
        PAGE
    }

    /// A transfer to a bank account, told by its reference.
    ///
    /// @param account what the customer needs to know, line by line: holder, number, bank
    public record Bank(String name, List<Currency> currencies, List<String> account) implements Provider {
        public Bank {
            currencies = List.copyOf(currencies);
            account = List.copyOf(account);
        }

        @Override
        public List<String> variables() {
            return List.of();
        }
    }

    private static final Currency YUAN = Currency.getInstance("CNY");
}
