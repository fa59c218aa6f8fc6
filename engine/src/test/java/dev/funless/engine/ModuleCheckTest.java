package dev.funless.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no_entry            | no entry: it must export __invoke(i32) -> i32, or _start()
          wrong_entry         | exports __invoke, but not as a function (i32) -> i32
          wrong_start         | exports _start, but not as a function ()
          wrong_initialize    | exports _initialize, but not as a function ()
          entry_is_a_global   | exports __invoke, but not as a function
          memory_not_exported | does not export its memory
          no_memory           | does not export its memory
          imported_memory     | imports env.memory, which is no function
          imported_table      | imports env.table, which is no function
          imported_global     | imports fl_imps.base, which is no function
          unknown_module      | imports elsewhere.abort, which does not exist here
          unknown_function    | imports fl_imps.__launch_missiles, which does not exist here
          wrong_signature     | as (I32, I64) -> (); it is (I32, I32) -> ()
          wrong_result        | as (I32, I32, I32, I32) -> (); it is
          shared_memory       | memory is shared
          memory64            | 64-bit
          two_memories        | more than one memory
          atomics             | atomic instructions
          simd                | SIMD
          exceptions          | exceptions
          large_table         | 200000 table entries; 131072 is the most
          wrong_body          | is not valid: type mismatch
          empty_stack         | is not valid: type mismatch
          unknown_local       | is not valid
          unknown_callee      | is not valid
          unknown_table       | names an unknown table
          """)
  void refusesModuleAndSaysWhy(String name, String reason) {
    String message = refused(Guests.wasm("invalid/" + name));
    assertTrue(message.contains(reason), message);
    assertTrue(message.endsWith("."), message);
    assertEquals(1, message.lines().count(), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo",
        "modes",
        "traces",
        "calls",
        "tail_loop",
        "start_loop",
        "measure",
        "reactor",
        "huge"
      })
  void acceptsWhatCompilersBuild(String name) throws InvalidModuleException {
    ModuleInfo info = Engine.validate(Guests.wasm(name));
    assertEquals(name.equals("measure") ? Entry.WASI_COMMAND : Entry.FUNLESS, info.entry());
    assertTrue(info.initialMemoryBytes() >= Guests.PAGE);
  }

  @Test
  void saysHowMuchMemoryTheModuleStartsWith() throws InvalidModuleException {
    assertEquals(8L * Guests.PAGE, Engine.validate(Guests.wasm("many_pages")).initialMemoryBytes());
  }

  @Test
  void refusesWhatIsNoWasm() {
    assertTrue(refused(new byte[0]).contains("no wasm"));
    assertTrue(refused("{}".getBytes(StandardCharsets.UTF_8)).contains("no wasm"));
    assertTrue(refused(new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0}).contains("component"));
  }

  /** Found by changing bytes: the body ends with the end of an inner block. */
  @Test
  void refusesBodyThatEndsInsideABlock() {
    byte[] code =
        module(
            1, 6, 1, 0x60, 1, 0x7F, 1, 0x7F, // one type
            3, 2, 1, 0, // one function
            5, 3, 1, 0, 1, // one memory
            10, 8, 1, 6, 0, 0x02, 0x7F, 0x41, 1, 0x0B); // block i32, i32.const 1, end
    assertTrue(refused(code).contains("not balanced"), refused(code));
  }

  @Test
  void refusesEveryModuleThatIsCutOff() {
    for (String name : new String[] {"echo", "traces"}) {
      byte[] whole = Guests.wasm(name);
      for (int length = 4; length < whole.length; length++) {
        String message = refused(Arrays.copyOf(whole, length));
        assertTrue(message.endsWith("."), message);
      }
    }
    String message = refused(Arrays.copyOf(Guests.wasm("measure"), 20_000));
    assertTrue(message.contains("cut off"), message);
  }

  @Test
  void refusesCountsAndSizesThatLie() {
    // A section of 4 GiB, and a type section with 4 billion entries in 6 bytes.
    assertTrue(refused(module(1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)).contains("cut off"));
    refused(module(1, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
    refused(module(3, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
    refused(module(9, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
    refused(module(10, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
    assertTrue(refused(module(1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).contains("too long"));
    assertTrue(refused(module(77, 0)).contains("no section 77"));
  }

  @Test
  void refusesBlocksThatNestWithoutEnd() {
    int depth = 300_000;
    byte[] nested = new byte[depth * 3 + 1];
    for (int i = 0; i < depth; i++) {
      nested[2 * i] = 0x02;
      nested[2 * i + 1] = 0x40;
      nested[2 * depth + i] = 0x0B;
    }
    nested[nested.length - 1] = 0x0B;
    byte[] prefix = {
      0, 'a', 's', 'm', 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7F, 1, 0x7F, 3, 2, 1, 0, 5, 3, 1, 0, 1
    };
    byte[] section = concat(leb(1), leb(nested.length + 1), new byte[] {0}, nested);
    byte[] code = concat(prefix, new byte[] {10}, leb(section.length), section);
    String message = refused(code);
    assertTrue(message.endsWith("."), message);
  }

  private static String refused(byte[] code) {
    return assertThrows(InvalidModuleException.class, () -> Engine.validate(code)).getMessage();
  }

  private static byte[] module(int... rest) {
    byte[] code = Arrays.copyOf(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 8 + rest.length);
    for (int i = 0; i < rest.length; i++) {
      code[8 + i] = (byte) rest[i];
    }
    return code;
  }

  private static byte[] leb(int value) {
    byte[] bytes = new byte[5];
    int length = 0;
    int left = value;
    do {
      bytes[length++] = (byte) ((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
      left >>>= 7;
    } while (left != 0);
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] concat(byte[]... parts) {
    byte[] all = new byte[0];
    for (byte[] part : parts) {
      int old = all.length;
      all = Arrays.copyOf(all, old + part.length);
      System.arraycopy(part, 0, all, old, part.length);
    }
    return all;
  }
}
