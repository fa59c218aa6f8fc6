package dev.funless.core.schedule;

import java.util.Optional;

/**
 * The default policy, {@code {"language": "none"}}.
 *
 * @param script passed over: FunLess's clients may send one with every language
 */
public record DefaultConfig(Optional<String> script) implements PolicyConfig {}
