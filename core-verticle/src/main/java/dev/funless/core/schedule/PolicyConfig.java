package dev.funless.core.schedule;

/**
 * The configuration of a scheduling policy: a record whose components are the keys, beside {@code
 * language}, of a {@code scheduling} object, in snake case there. A key may be left out where its
 * component is an {@code Optional}. The record's type picks the policy. Its compact constructor
 * rejects what makes no sense with an {@link IllegalArgumentException} whose message is for the
 * user.
 */
public interface PolicyConfig {}
