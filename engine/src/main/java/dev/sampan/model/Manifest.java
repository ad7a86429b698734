package dev.sampan.model;

import dev.sampan.data.Provenance;
import dev.sampan.kernel.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sampan.json`: what a package is, where it came from and what was measured on it.
///
/// @param name the specification's name
/// @param architecture `bilstm` or `pretrained`
/// @param createdAt ISO-8601 instant
/// @param spec the resolved specification, as `Specs.toTree`
/// @param dataset version of the data set it was trained on
/// @param labelCounts training rows for each label: the majority baseline
/// @param training seed, epochs run, best epoch, seconds, threads, versions of what trained it; history of the
///     epochs under `history`
/// @param licences what the package holds of others: the encoder's name, licence and source
/// @param results documents of later stages by name: `report`, `threshold`, `explanations`,
///     `receipts`
/// @param files hash of every other file
public record Manifest(
        String name,
        String architecture,
        String createdAt,
        Map<String, Object> spec,
        Sha256 dataset,
        Provenance provenance,
        Map<String, Long> labelCounts,
        Map<String, Object> training,
        List<String> licences,
        Map<String, Object> results,
        Map<String, Sha256> files) {
    /// Key in `training` of the mean of the training rows' numbers, where a model answers a number.
    public static final String TARGET_MEAN = "target_mean";

    /// Key in `training` of how near made rows come to the training rows, where a model makes rows: `ratio`,
    /// median distance to the nearest of them over that of held-out rows; `copies`, share of the `samples`
    /// looked at that equal one.
    public static final String NEAREST = "nearest";

    /// Name of a training fact: what a trial of a search left out that a whole training does, in words.
    public static final String UNFINISHED = "unfinished";

    public Manifest {
        spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec)); // a key left out has the value null
        labelCounts = Map.copyOf(labelCounts);
        training = Map.copyOf(training);
        licences = List.copyOf(licences);
        results = Map.copyOf(results);
        files = Map.copyOf(files);
    }

    /// With other documents of later stages.
    public Manifest withResults(Map<String, Object> documents) {
        return with(documents, files);
    }

    Manifest withFiles(Map<String, Sha256> hashes) {
        return with(results, hashes);
    }

    private Manifest with(Map<String, Object> documents, Map<String, Sha256> hashes) {
        return new Manifest(
                name,
                architecture,
                createdAt,
                spec,
                dataset,
                provenance,
                labelCounts,
                training,
                licences,
                documents,
                hashes);
    }
}
