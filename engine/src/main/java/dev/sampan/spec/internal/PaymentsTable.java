package dev.sampan.spec.internal;

import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.Alipay;
import dev.sampan.spec.PaymentsSpec.Bank;
import dev.sampan.spec.PaymentsSpec.PlatformKey;
import dev.sampan.spec.PaymentsSpec.Provider;
import dev.sampan.spec.PaymentsSpec.Show;
import dev.sampan.spec.PaymentsSpec.Stripe;
import dev.sampan.spec.PaymentsSpec.WeChat;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/// The keys of `payments.yaml`.
final class PaymentsTable {
    private static final int PROVIDERS_MAX = 20;
    private static final int KEYS_MAX = 5;
    private static final int LINES_MAX = 10;
    private static final int DAYS = 7;
    private static final int DAYS_MAX = 90;
    private static final String KEY_VARIABLE = "Environment variable that holds ";

    private PaymentsTable() {}

    static Block<PaymentsSpec> root() {
        Field<PaymentsSpec, Integer> version =
                Field.of("version", NumberTypes.whole(1, 1), 1, "Version of this format", _ -> 1);
        Field<PaymentsSpec, URI> url = Field.required(
                "public_url",
                new WebAddressType(),
                "Where customers and providers reach the console from outside",
                PaymentsSpec::publicUrl);
        Field<PaymentsSpec, Integer> days = Field.of(
                "link_days",
                NumberTypes.whole(1, DAYS_MAX),
                DAYS,
                "Days for which a payment link may be opened",
                PaymentsSpec::linkDays);
        Field<PaymentsSpec, List<Provider>> providers = Field.required(
                "providers",
                new ListType<>(provider(), "providers", 0, PROVIDERS_MAX),
                "Ways to pay",
                PaymentsSpec::providers);
        return new Block<>(
                List.of(version, url, days, providers),
                Set.of("automatic", "payouts"),
                v -> checked(v, new PaymentsSpec(v.get(url), v.get(days), v.get(providers))));
    }

    private static Variants<Provider> provider() {
        return new Variants<>(
                List.of(
                        new Variants.Case<>("stripe", Stripe.class, stripe()),
                        new Variants.Case<>("wechat", WeChat.class, weChat()),
                        new Variants.Case<>("alipay", Alipay.class, alipay()),
                        new Variants.Case<>("bank", Bank.class, bank())),
                List.of("paypal", "adyen"));
    }

    private static <T> Field<T, String> type(String tag) {
        return Field.required("type", TextTypes.word(List.of(tag)), "Who it is", _ -> tag);
    }

    private static <T extends Provider> Field<T, String> name(String otherwise) {
        return Field.of("name", TextTypes.name(), otherwise, "As in the address of its notifications", Provider::name);
    }

    private static Type<List<Currency>> currencies() {
        return new ListType<>(new CurrencyType(), "currencies", 1, PROVIDERS_MAX);
    }

    private static Type<List<String>> variables() {
        return new ListType<>(TextTypes.text(), "environment variables", 1, KEYS_MAX);
    }

    private static Block<Stripe> stripe() {
        Field<Stripe, String> type = type("stripe");
        Field<Stripe, String> name = name("stripe");
        Field<Stripe, URI> url = Field.of(
                "base_url", new WebAddressType(), URI.create("https://api.stripe.com"), "Its API", Stripe::baseUrl);
        Field<Stripe, List<Currency>> currencies =
                Field.required("currencies", currencies(), "What it takes", Stripe::currencies);
        Field<Stripe, String> key = Field.required(
                "api_key_env", TextTypes.text(), KEY_VARIABLE + "the secret key (sk_…, rk_…)", Stripe::apiKey);
        Field<Stripe, List<String>> secrets = Field.required(
                "webhook_secret_envs",
                variables(),
                "Environment variables that hold the webhook's signing secret (whsec_…); the former one beside it"
                        + " while it is rotated",
                Stripe::webhookSecrets);
        return new Block<>(
                List.of(type, name, url, currencies, key, secrets),
                Set.of("automatic_tax", "methods"),
                v -> new Stripe(v.get(name), v.get(url), v.get(currencies), v.get(key), v.get(secrets)));
    }

    private static Block<WeChat> weChat() {
        Field<WeChat, String> type = type("wechat");
        Field<WeChat, String> name = name("wechat");
        Field<WeChat, URI> url = Field.of(
                "base_url",
                new WebAddressType(),
                URI.create("https://api.mch.weixin.qq.com"),
                "Its API",
                WeChat::baseUrl);
        Field<WeChat, String> app = Field.required("app_id", TextTypes.text(), "The app id (wx…)", WeChat::appId);
        Field<WeChat, String> merchant =
                Field.required("merchant_id", TextTypes.text(), "The merchant's number", WeChat::merchant);
        Field<WeChat, String> serial = Field.required(
                "certificate_serial", TextTypes.text(), "Serial number of the merchant's certificate", WeChat::serial);
        Field<WeChat, String> own = Field.required(
                "private_key_env",
                TextTypes.text(),
                KEY_VARIABLE + "the merchant's private key (PEM)",
                WeChat::privateKey);
        Field<WeChat, String> key = Field.required(
                "api_v3_key_env", TextTypes.text(), KEY_VARIABLE + "the APIv3 key (32 letters)", WeChat::apiKey);
        Field<WeChat, List<PlatformKey>> keys = Field.required(
                "platform_keys",
                new ListType<>(platformKey(), "keys", 1, KEYS_MAX),
                "What WeChat Pay signs with; two while it is rotated",
                WeChat::platformKeys);
        return new Block<>(
                List.of(type, name, url, app, merchant, serial, own, key, keys),
                Set.of("sub_merchant_id", "h5", "jsapi"),
                v -> new WeChat(
                        v.get(name),
                        v.get(url),
                        v.get(app),
                        v.get(merchant),
                        v.get(serial),
                        v.get(own),
                        v.get(key),
                        v.get(keys)));
    }

    private static Block<PlatformKey> platformKey() {
        Field<PlatformKey, String> id = Field.required(
                "id", TextTypes.text(), "PUB_KEY_ID_…, or the serial of a platform certificate", PlatformKey::id);
        Field<PlatformKey, String> key = Field.required(
                "key_env", TextTypes.text(), KEY_VARIABLE + "the public key or certificate (PEM)", PlatformKey::key);
        return new Block<>(List.of(id, key), Set.of(), v -> new PlatformKey(v.get(id), v.get(key)));
    }

    private static Block<Alipay> alipay() {
        Field<Alipay, String> type = type("alipay");
        Field<Alipay, String> name = name("alipay");
        Field<Alipay, URI> url = Field.of(
                "base_url",
                new WebAddressType(),
                URI.create("https://openapi.alipay.com/gateway.do"),
                "Its gateway",
                Alipay::baseUrl);
        Field<Alipay, String> app = Field.required("app_id", TextTypes.text(), "The app id", Alipay::appId);
        Field<Alipay, String> seller = Field.nullable(
                "seller_id", TextTypes.text(), "The seller's number, checked in notifications", Alipay::seller);
        Field<Alipay, String> own = Field.required(
                "private_key_env", TextTypes.text(), KEY_VARIABLE + "the app's private key", Alipay::privateKey);
        Field<Alipay, List<String>> keys = Field.required(
                "public_key_envs",
                variables(),
                "Environment variables that hold Alipay's public key; the former one beside it while it is rotated",
                Alipay::publicKeys);
        Field<Alipay, Show> show = Field.of(
                "show",
                TextTypes.choice(Show.class),
                Show.QR,
                "A QR code on our page, or Alipay's own page",
                Alipay::show);
        return new Block<>(
                List.of(type, name, url, app, seller, own, keys, show),
                Set.of("certificates"),
                v -> new Alipay(
                        v.get(name), v.get(url), v.get(app), v.find(seller), v.get(own), v.get(keys), v.get(show)));
    }

    private static Block<Bank> bank() {
        Field<Bank, String> type = type("bank");
        Field<Bank, String> name = name("bank");
        Field<Bank, List<Currency>> currencies = Field.of(
                "currencies", currencies(), List.of(Currency.getInstance("CNY")), "What it takes", Bank::currencies);
        Field<Bank, List<String>> account = Field.required(
                "account",
                new ListType<>(TextTypes.text(), "lines", 1, LINES_MAX),
                "What whoever pays must know, line by line: holder, number, bank",
                Bank::account);
        return new Block<>(
                List.of(type, name, currencies, account),
                Set.of("statement"),
                v -> new Bank(v.get(name), v.get(currencies), v.get(account)));
    }

    private static PaymentsSpec checked(Values values, PaymentsSpec spec) {
        values.requireUnique("providers", spec.providers(), PaymentsSpec.Provider::name);
        return spec;
    }
}
