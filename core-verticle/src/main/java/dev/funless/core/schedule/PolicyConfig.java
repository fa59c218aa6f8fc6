package dev.funless.core.schedule;

/**
 * The configuration of a scheduling policy: a record whose components are the keys, beside {@code
 * language}, of a {@code scheduling} object. Its type picks the policy. The compact constructor
 * rejects what makes no sense with an {@link IllegalArgumentException} whose message is for the
 * user.
 */
public interface PolicyConfig {}
