package dev.sampan.payments.internal.wechat;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The trade bill of one day: a line of headings, one line for each payment and refund with a grave accent before
/// each value, and two lines of sums (https://pay.weixin.qq.com/doc/v3/merchant/4012557733).
final class WeChatBill {
    private WeChatBill() {}

    /// @param sha1 as the API told it, in hex
    /// @throws ProviderTrouble.Away when the bytes are others than the ones announced
    static List<Movement> read(byte[] bill, String sha1) {
        if (!sha1(bill).equals(sha1.toLowerCase(Locale.ROOT))) {
            throw new ProviderTrouble.Away("The bill is not the one that WeChat Pay announced", null);
        }
        List<String> lines = new String(bill, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .lines()
                .toList();
        List<Movement> movements = new ArrayList<>();
        if (lines.isEmpty()) {
            return movements;
        }
        List<String> headings = List.of(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            if (!line.startsWith("`")) {
                break; // the sums begin with headings of their own
            }
            movements.add(movement(headings, List.of(line.substring(1).split(",`", -1))));
        }
        return movements;
    }

    private static Movement movement(List<String> headings, List<String> cells) {
        String currency = cell(headings, cells, "货币种类");
        boolean refund = cell(headings, cells, "交易状态").equals("REFUND");
        return refund
                ? new Movement(
                        Movement.Kind.REFUND,
                        cell(headings, cells, "商户退款单号"),
                        cell(headings, cells, "微信退款单号"),
                        Money.of(cell(headings, cells, "申请退款金额"), currency))
                : new Movement(
                        Movement.Kind.PAYMENT,
                        cell(headings, cells, "商户订单号"),
                        cell(headings, cells, "微信订单号"),
                        Money.of(cell(headings, cells, "订单金额"), currency));
    }

    private static String cell(List<String> headings, List<String> cells, String heading) {
        int at = headings.indexOf(heading);
        if (at < 0 || at >= cells.size()) {
            throw new ProviderTrouble.Away("WeChat Pay's bill has no column " + heading, null);
        }
        return cells.get(at).strip();
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
