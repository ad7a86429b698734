package dev.sampan.privacy.internal;

import dev.sampan.privacy.Finding;
import dev.sampan.privacy.PersonalData;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The scanners in the order in which they may claim a stretch: what has the surest form comes first, so that the
/// digits of an identity number are no phone and the local part of an address in a URL is no name.
public final class Scanners {
    private interface Scanner {
        void scan(Scan scan);
    }

    private static final Map<PersonalData, Scanner> ALL = new EnumMap<>(Map.ofEntries(
            Map.entry(PersonalData.URL_CREDENTIALS, UrlCredentials::scan),
            Map.entry(PersonalData.EMAIL, Emails::scan),
            Map.entry(PersonalData.SECRET, Secrets::scan),
            Map.entry(PersonalData.CHINESE_ID, ChineseIds::scan),
            Map.entry(PersonalData.BANK_CARD, BankCards::scan),
            Map.entry(PersonalData.PHONE, Phones::scan),
            Map.entry(PersonalData.IP_ADDRESS, IpAddresses::scan),
            Map.entry(PersonalData.PASSPORT, Passports::scan),
            Map.entry(PersonalData.LICENCE_PLATE, Plates::scan),
            Map.entry(PersonalData.ADDRESS, Addresses::scan),
            Map.entry(PersonalData.PERSON_NAME, Names::scan)));

    private Scanners() {}

    public static List<Finding> find(String text, Set<PersonalData> kinds) {
        Scan scan = new Scan(text);
        ALL.forEach((kind, scanner) -> { // in the order of the enumeration
            if (kinds.contains(kind)) {
                scanner.scan(scan);
            }
        });
        return scan.findings();
    }
}
