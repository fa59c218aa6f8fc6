package dev.funless.shared.protocol.message;

/**
 * The function answered.
 *
 * @param json the answer: valid JSON in UTF-8
 */
public record RunAnswer(byte[] json) {}
