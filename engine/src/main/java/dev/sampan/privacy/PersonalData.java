package dev.sampan.privacy;

/// Kinds of personal data that can be told apart.
public enum PersonalData {
    /// user name and password, or a key among the parameters, in a URL
    URL_CREDENTIALS,
    EMAIL,
    /// API keys and tokens by their prefixes, private keys, passwords behind their name, long random words
    SECRET,
    /// resident identity numbers of 18 characters with their check digit, and the old ones of 15
    CHINESE_ID,
    /// 13 to 19 digits of a known issuer that pass Luhn's check
    BANK_CARD,
    /// mobiles and landlines of the mainland, and international numbers written with `+`
    PHONE,
    IP_ADDRESS,
    PASSPORT,
    /// Chinese plates, those of new-energy vehicles too
    LICENCE_PLATE,
    /// street and number, Chinese or English
    ADDRESS,
    /// Chinese and English names of persons
    PERSON_NAME
}
