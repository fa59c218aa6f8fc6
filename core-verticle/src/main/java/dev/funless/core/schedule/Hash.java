package dev.funless.core.schedule;

/**
 * Hashes that are the same in every JVM and every version, unlike {@link Object#hashCode}. They do
 * not resist somebody who looks for texts with the same hash.
 *
 * <p>Sources: G. Fowler, L. C. Noll, K.-P. Vo, The FNV Non-Cryptographic Hash Algorithm (the
 * variant FNV-1a of 64 bits). G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014 (the finaliser of SplitMix64).
 */
public final class Hash {

  private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** FNV-1a over the UTF-16 units, of which each is taken at once, then {@link #mixed}. */
  public static long of(String text) {
    long hash = FNV_OFFSET_BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mixed(hash);
  }

  /** SplitMix64's: a bijection after which each bit depends on all of {@code bits}. */
  static long mixed(long bits) {
    long z = bits + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
