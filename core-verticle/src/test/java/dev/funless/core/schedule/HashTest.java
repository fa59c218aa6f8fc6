package dev.funless.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HashTest {

  /** The first number of SplitMix64 from the seed 0. */
  @Test
  void mixesAsSplitMix64Does() {
    assertEquals(0xe220a8397b1dcdafL, Hash.mixed(0));
  }

  /** FNV-1a's published hashes of "" and "a". */
  @Test
  void hashesTextsAsFnv1aDoesAndMixesThem() {
    assertEquals(Hash.mixed(0xcbf29ce484222325L), Hash.of(""));
    assertEquals(Hash.mixed(0xaf63dc4c8601ec8cL), Hash.of("a"));
  }
}
