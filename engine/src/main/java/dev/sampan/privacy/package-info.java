/// Text → the text without personal data, and a receipt that counts what was masked and never says what it was.
///
/// [PersonalDataMask] finds identifiers by their form and, where they have one, their check digit; names and
/// addresses by dictionaries and what stands around them. Forms are looked for by hand-written scanners that read
/// each character a bounded number of times: no text, however hostile, takes more than linear time. Masking a
/// masked text changes nothing.
///
/// What it is not: a promise. Names and addresses are found with less than full recall (the figures of a small
/// labelled set stand in `MaskQualityTests`), and a person may be known by what no list of kinds holds.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
