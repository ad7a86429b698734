package dev.sampan.serving;

/// Public names that something else than a deployment answers under, a port: the room of upstream suppliers
/// stands behind it. One name is answered by one thing.
public interface PublicNames {
    boolean taken(String publicModel);
}
