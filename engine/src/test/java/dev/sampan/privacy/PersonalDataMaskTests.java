package dev.sampan.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataMaskTests {
    private static final EnumSet<PersonalData> ALL = EnumSet.allOf(PersonalData.class);
    private static final PersonalDataMask LABEL = new PersonalDataMask(ALL, MaskStyle.LABEL, null);
    private static final PersonalDataMask PARTIAL = new PersonalDataMask(ALL, MaskStyle.PARTIAL, null);
    private static final PersonalDataMask HASH = new PersonalDataMask(ALL, MaskStyle.HASH, "0123456789abcdef");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    身份证11010519491231002X已核对 | 身份证<CHINESE_ID>已核对
                    １１０１０５１９４９１２３１００２Ｘ | <CHINESE_ID>
                    旧证110105491231002 | 旧证<CHINESE_ID>
                    卡4111 1111 1111 1111付款 | 卡<BANK_CARD>付款
                    打13812345678或010-62551234转801 | 打<PHONE>或<PHONE>
                    tel (010) 6255-1234, 400-810-8888 | tel <PHONE>, <PHONE>
                    call +44 20 7946 0958 now | call <PHONE> now
                    a.b+c@mail.example.co.uk. | <EMAIL>.
                    from 192.168.1.20 and 2001:db8::8a2e:370:7334 | from <IP_ADDRESS> and <IP_ADDRESS>
                    https://bob:hunter2@example.com/x | https://<URL_CREDENTIALS>@example.com/x
                    https://example.com/x?id=7&api_key=abc123 | https://example.com/x?id=7&api_key=<URL_CREDENTIALS>
                    key sk-proj-Abcd1234Efgh5678Ijkl done | key <SECRET> done
                    password: hunter2! | password: <SECRET>!
                    密码是Abc12345，别外传 | 密码是<SECRET>，别外传
                    护照E12345678过期 | 护照<PASSPORT>过期
                    passport no. AB1234567 | passport no. <PASSPORT>
                    车牌京A·12345和粤BD12345 | 车牌<LICENCE_PLATE>和<LICENCE_PLATE>
                    寄到北京市海淀区中关村大街27号院3号楼2单元501室 | 寄到<ADDRESS>
                    He lives at 221B Baker Street in town | He lives at <ADDRESS> in town
                    联系人：高峰，王先生 | 联系人：<PERSON_NAME>，<PERSON_NAME>先生
                    Dear Mary Johnson, hello | Dear <PERSON_NAME>, hello
                    """)
    void masks(String text, String masked) {
        assertThat(LABEL.mask(text).text()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "110105194912310021", // wrong check digit
                "110105199913310028", // month 13
                "4111111111111112", // Luhn does not hold
                "999.1.1.1 and 1.2.3.4.5",
                "12:30:45",
                "commit 9a1fca7585f44f646b211dcaeb8c072bfc3a8f08",
                "uuid 123e4567-e89b-12d3-a456-426614174000",
                "TestCase2024ForSomethingLongMethodName",
                "std::vector<int> v",
                "地铁2号线很近",
                "the password is wrong",
                "订单20240315123456789012"
            })
    void leavesAloneWhatOnlyLooksLikeIt(String text) {
        assertThat(LABEL.mask(text).text()).isEqualTo(text);
        assertThat(LABEL.mask(text).counts()).isEmpty();
    }

    @Test
    void theReceiptCountsAndNeverQuotes() {
        Masked masked = LABEL.mask("13812345678, 13912345678 and a@b.com");
        assertThat(masked.counts()).isEqualTo(Map.of(PersonalData.PHONE, 2, PersonalData.EMAIL, 1));
        assertThat(masked.counts().toString()).doesNotContain("138");
    }

    @Test
    void partsStayForAClerkToSee() {
        assertThat(PARTIAL.mask("13812345678 4111111111111111 zhangsan@example.com 11010519491231002X")
                        .text())
                .isEqualTo("138****5678 4111****1111 z***@example.com 110****002X");
        assertThat(PARTIAL.mask("联系人：高峰，住北京市海淀区中关村大街27号").text()).isEqualTo("联系人：高*，住北京市海淀区****");
    }

    @Test
    void equalValuesHaveEqualPseudonymsUnderOneSaltAlone() {
        String twice = HASH.mask("13812345678 或 13812345678").text();
        assertThat(twice).matches("<PHONE:([0-9a-f]{8})> 或 <PHONE:\\1>");
        PersonalDataMask other = new PersonalDataMask(ALL, MaskStyle.HASH, "another salt of mine");
        assertThat(other.mask("13812345678").text()).isNotEqualTo(twice.substring(0, 16));
        assertThatThrownBy(() -> new PersonalDataMask(ALL, MaskStyle.HASH, "short"))
                .hasMessageContaining("salt");
    }

    @Test
    void onlyTheKindsAskedForAreMasked() {
        PersonalDataMask phones = new PersonalDataMask(EnumSet.of(PersonalData.PHONE), MaskStyle.LABEL, null);
        assertThat(phones.mask("13812345678 a@b.com").text()).isEqualTo("<PHONE> a@b.com");
    }

    private static final List<String> PIECES = List.of(
            "13812345678",
            " ",
            "-",
            "4111 1111 1111 1111",
            "a@b.com",
            "王先生",
            "张伟明",
            "192.168.1.1",
            "::",
            "fe80::1",
            "11010519491231002X",
            "password: ",
            "sk-abcdEFGH12345678",
            "京A12345",
            "中关村大街27号",
            "Mary Johnson",
            "<",
            ">",
            "<PHONE>",
            ":12345678",
            "1",
            "0",
            "http://a:b@c.d/",
            "?token=",
            "E12345678",
            "*",
            "李",
            "12 Baker Street",
            "，",
            "\n",
            "Mr ",
            "+86",
            "（",
            "(010)",
            "\uD83D\uDE00",
            "\uD800");

    @Property(tries = 400)
    void maskingAMaskedTextChangesNothing(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 14); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        for (PersonalDataMask mask : List.of(LABEL, PARTIAL, HASH)) {
            String once = mask.mask(text.toString()).text();
            assertThat(mask.mask(once).text()).as(text.toString()).isEqualTo(once);
        }
    }

    /// A megabyte of what could make a backtracking pattern quadratic. Quadratic work would be some 10¹² steps, which
    /// no
    /// build waits for; so no clock is needed.
    @Test
    void aHostileMegabyteIsReadInLinearTime() {
        List<String> pieces = List.of(
                "1 ",
                "1-",
                "aA1",
                "a@",
                "a://b:",
                "?key=",
                "password:",
                "1.",
                "1::",
                "<PHONE",
                "-----BEGIN ",
                "路1",
                "是王",
                "John ",
                "12 Baker ",
                "(010)");
        int each = (1 << 20) / pieces.size();
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.repeat(each / piece.length())));
        assertThat(LABEL.find(text.toString())).isNotEmpty();
        assertThat(LABEL.find("1".repeat(1 << 20))).isEmpty();
    }
}
