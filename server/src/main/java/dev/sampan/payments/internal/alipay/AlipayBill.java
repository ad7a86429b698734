package dev.sampan.payments.internal.alipay;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The trade bill of one day: a ZIP of tables in GBK, of which one holds each trade (业务明细) and one sums (汇总).
/// Lines that begin with `#` are remarks; values are followed by tabs (https://opendocs.alipay.com/open/02nd98).
final class AlipayBill {
    private static final Charset GBK = Charset.forName("GBK");
    private static final int BYTES_MAX = 64 << 20;

    private AlipayBill() {}

    static List<Movement> read(byte[] zip) {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip), GBK)) {
            List<Movement> movements = new ArrayList<>();
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                byte[] bytes = entries.readNBytes(BYTES_MAX + 1);
                if (bytes.length > BYTES_MAX) {
                    throw new ProviderTrouble.Away("Alipay's bill is longer than " + BYTES_MAX + " bytes", null);
                }
                if (!entry.getName().contains("汇总")) {
                    table(new String(bytes, GBK), movements);
                }
            }
            return movements;
        } catch (IOException e) {
            throw new ProviderTrouble.Away("Alipay's bill cannot be read", e);
        }
    }

    private static void table(String text, List<Movement> to) {
        List<String> headings = List.of();
        for (String line : text.lines().filter(one -> !one.startsWith("#")).toList()) {
            List<String> cells =
                    List.of(line.split(",", -1)).stream().map(String::strip).toList();
            if (headings.isEmpty()) {
                headings = cells;
            } else if (cells.size() >= headings.size()) {
                to.add(movement(headings, cells));
            }
        }
    }

    private static Movement movement(List<String> headings, List<String> cells) {
        boolean refund = cell(headings, cells, "业务类型").startsWith("退款");
        Money amount = Money.of(cell(headings, cells, "订单金额（元）").replace("-", ""), "CNY");
        String trade = cell(headings, cells, "支付宝交易号");
        String request = refund ? cell(headings, cells, "退款批次号/请求号") : "";
        return refund
                ? new Movement(Movement.Kind.REFUND, request, request, amount)
                : new Movement(Movement.Kind.PAYMENT, cell(headings, cells, "商户订单号"), trade, amount);
    }

    private static String cell(List<String> headings, List<String> cells, String heading) {
        int at = headings.indexOf(heading);
        if (at < 0) {
            throw new ProviderTrouble.Away("Alipay's bill has no column " + heading, null);
        }
        return cells.get(at);
    }
}
