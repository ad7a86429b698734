package dev.sampan.studio;

/// The road, in order.
public enum StageName {
    DATA,
    TRAIN,
    EVALUATE,
    EXPLAIN,
    COMPRESS,
    REGISTER,
    DEPLOY,
    PRICE
}
