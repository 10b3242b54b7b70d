package dev.tactus.serve.signin;

/// A person, known by the digest of a token.
///
/// @param tokenSha256 lower-case hex
public record Person(String name, String tokenSha256, Role role) {}
