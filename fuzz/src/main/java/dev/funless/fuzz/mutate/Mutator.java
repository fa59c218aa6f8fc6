package dev.funless.fuzz.mutate;

import dev.funless.fuzz.chance.Dice;
import dev.funless.fuzz.mutate.Sections.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Damages a module in one place. Most damage is done inside of one section or one function, with
 * the sizes around it made right again: modules with wrong sizes are refused by the first look, and
 * would leave the rest untried.
 */
public final class Mutator {

  private Mutator() {}

  /**
   * @param other a module to take pieces from
   */
  public static byte[] mutate(byte[] module, byte[] other, Dice dice) {
    Optional<List<Section>> split = Sections.split(module);
    if (split.isEmpty() || split.get().isEmpty() || dice.oneIn(12)) {
      return ByteMutations.once(module, other, dice);
    }
    var sections = new ArrayList<>(split.get());
    switch (dice.below(10)) {
      case 0 -> rearrange(sections, other, dice);
      case 1, 2, 3 -> content(sections, other, dice);
      default -> body(sections, other, dice);
    }
    return Sections.join(module, sections);
  }

  private static void rearrange(List<Section> sections, byte[] other, Dice dice) {
    int at = dice.below(sections.size());
    switch (dice.below(5)) {
      case 0 -> sections.remove(at);
      case 1 -> sections.add(at, sections.get(dice.below(sections.size())));
      case 2 -> {
        Section moved = sections.remove(at);
        sections.add(dice.below(sections.size() + 1), moved);
      }
      default -> {
        // The section of the same kind, or any, from the other module.
        List<Section> others = Sections.split(other).orElse(List.of());
        if (!others.isEmpty()) {
          int id = sections.get(at).id();
          Section taken =
              others.stream().filter(each -> each.id() == id).findFirst().orElse(dice.pick(others));
          sections.set(at, taken);
        }
      }
    }
  }

  private static void content(List<Section> sections, byte[] other, Dice dice) {
    int at = dice.below(sections.size());
    Section section = sections.get(at);
    sections.set(at, new Section(section.id(), ByteMutations.once(section.content(), other, dice)));
  }

  private static void body(List<Section> sections, byte[] other, Dice dice) {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).id() == Sections.CODE) {
        Optional<List<byte[]>> found = Sections.bodies(sections.get(i).content());
        if (found.isPresent()) {
          var bodies = new ArrayList<>(found.get());
          int at = dice.below(bodies.size());
          if (dice.oneIn(12)) {
            bodies.set(at, dice.pick(bodies));
          } else {
            bodies.set(at, ByteMutations.once(bodies.get(at), code(other), dice));
          }
          sections.set(i, new Section(Sections.CODE, Sections.joinBodies(bodies)));
          return;
        }
      }
    }
    content(sections, other, dice);
  }

  /** What is most likely to fit into a function: other functions. */
  private static byte[] code(byte[] module) {
    return Sections.split(module).orElse(List.of()).stream()
        .filter(section -> section.id() == Sections.CODE)
        .findFirst()
        .map(Section::content)
        .orElse(module);
  }
}
