package dev.funless.engine.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.RawSection;
import com.dylibso.chicory.wasm.types.SectionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodyStubsTest {

  private static final Path ROOT = Path.of(System.getProperty("funless.root"));

  /**
   * Two imports (a function and a global), two functions: one with a body of its own, one empty.
   */
  private static final byte[] SMALL =
      wasm(
          "00 04 01 6e 61 6d", // a custom section
          "01 08 02 60 00 00 60 00 01 7f", // () and () -> i32
          "02 0e 02 01 65 01 66 00 00 01 65 01 67 03 7f 00",
          "03 03 02 01 00",
          "00 01 00", // another
          "0a 0c 02 07 00 41 01 41 02 6a 0b 02 00 0b",
          "00 02 01 78");

  static Stream<Path> modules() throws IOException {
    var modules = new ArrayList<Path>();
    for (String folder : List.of("examples/functions/wasm", "engine/src/test/resources/wasm")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".wasm")).sorted().forEach(modules::add);
      }
    }
    assertTrue(modules.size() > 40, modules::toString);
    return modules.stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void keepsAllOfAModuleButItsBodies(Path file) throws IOException {
    byte[] module = Files.readAllBytes(file);
    byte[] stubbed = BodyStubs.stub(module, Set.of());
    WasmModule after = Parser.parse(stubbed);
    assertSameButBodies(module, stubbed);
    assertEquals(List.of(), after.customSections());
    assertTrue(stubbed.length <= module.length);
    for (int i = 0; i < after.codeSection().functionBodyCount(); i++) {
      FunctionBody body = after.codeSection().getFunctionBody(i);
      assertTrue(body.localTypes().isEmpty());
      assertTrue(body.instructions().size() <= 2);
    }
    assertArrayEquals(stubbed, BodyStubs.stub(stubbed, Set.of()), "a second time changes nothing");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void leavesTheBodiesThatAreAskedFor(Path file) throws IOException {
    byte[] module = Files.readAllBytes(file);
    WasmModule before = Parser.parse(module);
    int imported = before.importSection().count(ExternalType.FUNCTION);
    int bodies = before.codeSection().functionBodyCount();
    var random = new Random(bodies);
    Set<Integer> kept =
        random.ints(5, imported, imported + bodies).boxed().collect(Collectors.toSet());
    byte[] stubbed = BodyStubs.stub(module, kept);
    WasmModule after = Parser.parse(stubbed);
    assertSameButBodies(module, stubbed);
    for (int i = 0; i < bodies; i++) {
      FunctionBody body = after.codeSection().getFunctionBody(i);
      FunctionBody whole = before.codeSection().getFunctionBody(i);
      if (kept.contains(imported + i)) {
        assertEquals(whole.localTypes(), body.localTypes());
        assertEquals(operations(whole), operations(body));
      } else {
        assertTrue(body.instructions().size() <= 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void copiesTheCodeOfAModuleOfWhichAllIsKept(Path file) throws IOException {
    byte[] module = Files.readAllBytes(file);
    WasmModule parsed = Parser.parse(module);
    int imported = parsed.importSection().count(ExternalType.FUNCTION);
    int bodies = parsed.codeSection().functionBodyCount();
    Set<Integer> all =
        IntStream.range(imported, imported + bodies).boxed().collect(Collectors.toSet());
    assertArrayEquals(code(module), code(BodyStubs.stub(module, all)));
  }

  @Test
  void cutsExactlyTheBodyAndTheCustomSections() {
    byte[] stubbed =
        wasm(
            "01 08 02 60 00 00 60 00 01 7f",
            "02 0e 02 01 65 01 66 00 00 01 65 01 67 03 7f 00",
            "03 03 02 01 00",
            "0a 08 02 03 00 00 0b 02 00 0b");
    assertArrayEquals(stubbed, BodyStubs.stub(SMALL, Set.of()));
    assertArrayEquals(stubbed, BodyStubs.stub(SMALL, Set.of(2)));
    assertEquals(
        OpCode.I32_ADD,
        Parser.parse(BodyStubs.stub(SMALL, Set.of(1)))
            .codeSection()
            .getFunctionBody(0)
            .instructions()
            .get(2)
            .opcode());
  }

  @Test
  void refusesFunctionsThatAreNotTheModulesOwn() {
    for (int function : new int[] {-1, 0, 3, Integer.MAX_VALUE}) {
      assertThrows(
          IllegalArgumentException.class, () -> BodyStubs.stub(SMALL, Set.of(1, function)));
    }
  }

  @Test
  void refusesEveryModuleThatIsCutOffInASection() {
    Set<Integer> ends = Set.of(8, 14, 24, 40, 45, 48, 62);
    for (int length = 0; length < SMALL.length; length++) {
      byte[] cut = Arrays.copyOf(SMALL, length);
      if (ends.contains(length)) {
        BodyStubs.stub(cut, Set.of());
      } else {
        String message = refused(cut);
        assertTrue(message.startsWith("The module is malformed at byte "), message);
      }
    }
  }

  @Test
  void refusesWhatIsNotSoundAsFarAsItIsLookedAt() {
    refused(new byte[0]);
    refused(HexFormat.of().parseHex("0061736d0d000100")); // a component
    refused(wasm("0e 00")); // no such section
    refused(wasm("03 01 00", "03 01 00")); // twice
    refused(wasm("0a 01 00", "02 01 00")); // imports after the code
    refused(wasm("02 06 01 01 65 01 66 05")); // an import of no kind
    refused(wasm("02 02 00 00")); // more than the imports
    refused(wasm("0a 02 00 00")); // more than the bodies
    refused(wasm("0a 03 01 01 0b")); // a body of an end alone
    refused(wasm("0a 04 01 02 00 00")); // a body without an end
    refused(wasm("0a 04 01 09 00 0b", "0b 05 00 00 00 00 00")); // a body into the next section
    refused(wasm("0a ff ff ff ff 0f"));
    refused(wasm("0a ff ff ff ff 7f 00"));
    refused(wasm("0a ff ff ff ff ff 0f 00"));
    refused(wasm("0a 05 ff ff ff ff 0f")); // four billion bodies
    refused(wasm("02 05 ff ff ff ff 0f")); // four billion imports
  }

  /** Whatever the bytes: an answer or a refusal, and never longer than what was given. */
  @Test
  void answersOrRefusesChangedModulesAndNeverMakesThemLonger() throws IOException {
    byte[] module = Files.readAllBytes(ROOT.resolve("engine/src/test/resources/wasm/modes.wasm"));
    var random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] changed = module.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        assertTrue(BodyStubs.stub(changed, Set.of()).length <= changed.length);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "only " + refused + " were refused");
  }

  /** All other sections are the same bytes, and the library reads the same from them. */
  private static void assertSameButBodies(byte[] module, byte[] stubbed) {
    assertEquals(sections(module), sections(stubbed));
    WasmModule before = Parser.parse(module);
    WasmModule after = Parser.parse(stubbed);
    assertEquals(before.typeSection(), after.typeSection());
    assertEquals(before.importSection(), after.importSection());
    assertEquals(before.exportSection(), after.exportSection());
    assertEquals(before.globalSection().globalCount(), after.globalSection().globalCount());
    assertEquals(before.tableSection().tableCount(), after.tableSection().tableCount());
    assertEquals(before.dataSection().dataSegmentCount(), after.dataSection().dataSegmentCount());
    assertEquals(before.codeSection().functionBodyCount(), after.codeSection().functionBodyCount());
  }

  private static List<String> sections(byte[] module) {
    var sections = new ArrayList<String>();
    Parser.parseWithoutDecoding(
        module,
        section -> {
          if (section.sectionId() != SectionId.CUSTOM && section.sectionId() != SectionId.CODE) {
            byte[] contents = ((RawSection) section).contents();
            sections.add(section.sectionId() + ": " + HexFormat.of().formatHex(contents));
          }
        });
    return sections;
  }

  private static byte[] code(byte[] module) {
    var code = new ArrayList<byte[]>();
    Parser.parseWithoutDecoding(
        module,
        section -> {
          if (section.sectionId() == SectionId.CODE) {
            code.add(((RawSection) section).contents());
          }
        });
    assertEquals(1, code.size());
    return code.getFirst();
  }

  private static List<String> operations(FunctionBody body) {
    return body.instructions().stream()
        .map(instruction -> instruction.opcode() + Arrays.toString(instruction.operands()))
        .toList();
  }

  private static String refused(byte[] module) {
    return assertThrows(IllegalArgumentException.class, () -> BodyStubs.stub(module, Set.of()))
        .getMessage();
  }

  private static byte[] wasm(String... sections) {
    String hex = "0061736d01000000" + String.join("", sections).replace(" ", "");
    return HexFormat.of().parseHex(hex);
  }
}
