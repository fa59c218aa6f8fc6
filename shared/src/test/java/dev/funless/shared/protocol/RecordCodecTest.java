package dev.funless.shared.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.RunBatch;
import dev.funless.shared.protocol.message.RunRequest;
import dev.funless.shared.protocol.message.StartAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

  static Stream<Arguments> messagesAndSamples() {
    return Addresses.messages().stream()
        .flatMap(type -> Stream.of(Samples.values()).map(samples -> Arguments.of(type, samples)));
  }

  @ParameterizedTest
  @MethodSource("messagesAndSamples")
  void messagesSurviveTheWire(Class<? extends Record> type, Samples samples) {
    roundTrip(type, samples);
  }

  private static <T extends Record> void roundTrip(Class<T> type, Samples samples) {
    MessageCodec<T, T> codec = RunCodecs.codec(type);
    T message = samples.of(type);
    Buffer wire = Buffer.buffer("before");

    codec.encodeToWire(wire, message);
    wire.appendString("after");
    T decoded = codec.decodeFromWire("before".length(), wire);

    assertTrue(Samples.same(message, decoded), () -> message + " became " + decoded);
  }

  @Test
  void aSampleThatDiffersIsNotTheSame() {
    assertFalse(
        Samples.same(Samples.FULL.of(CodeChunk.class), Samples.EXTREME.of(CodeChunk.class)));
    assertFalse(Samples.same(new CodeChunk(new byte[] {1}, 1), new CodeChunk(new byte[] {2}, 1)));
  }

  @Test
  void everyAddressSpeaksInListedMessages() throws ReflectiveOperationException {
    Set<Class<?>> spoken = new HashSet<>();
    for (Field field : Addresses.class.getFields()) {
      spoken.addAll(messages(field.get(null)));
    }
    for (Method method : Addresses.class.getMethods()) {
      if (method.getDeclaringClass() == Addresses.class) {
        spoken.addAll(messages(method.invoke(null, "id")));
      }
    }

    assertTrue(spoken.size() > 15, () -> "too few were found: " + spoken);
    assertTrue(Addresses.messages().containsAll(spoken), () -> "not all are listed: " + spoken);
  }

  private static Set<Class<?>> messages(Object where) {
    return switch (where) {
      case Address<?, ?> address -> new HashSet<>(List.of(address.request(), address.answer()));
      case Topic<?> topic -> Set.of(topic.message());
      default -> throw new IllegalArgumentException("neither address nor topic: " + where);
    };
  }

  @Test
  void aBatchIsOfOneCore() {
    RunBatch.Run run = new RunBatch.Run(1, Samples.FULL.of(RunRequest.class));

    assertEquals("text", new RunBatch("text", List.of(run)).coreId());
    assertThrows(IllegalArgumentException.class, () -> new RunBatch("other", List.of(run)));
  }

  @Test
  void codecsHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    Addresses.messages().forEach(type -> names.add(new RecordCodec<>(type).name()));

    assertEquals(Addresses.messages().size(), names.size());
  }

  @Test
  void passesOverFieldsOfANewerVersion() throws IOException {
    byte[] newer = new CBORMapper().writeValueAsBytes(Map.of("allowed", true, "why", "x"));
    Buffer wire = Buffer.buffer().appendInt(newer.length).appendBytes(newer);

    assertEquals(
        new StartAnswer(true), new RecordCodec<>(StartAnswer.class).decodeFromWire(0, wire));
  }

  @Test
  void rejectsBytesThatAreNoMessage() {
    Buffer wire = Buffer.buffer().appendInt(3).appendBytes(new byte[] {(byte) 0xFF, 1, 2});

    assertThrows(
        UncheckedIOException.class,
        () -> new RecordCodec<>(StartAnswer.class).decodeFromWire(0, wire));
  }

  @Test
  void staysTheSameObjectWithinANode() {
    StartAnswer answer = new StartAnswer(true);

    assertSame(answer, new RecordCodec<>(StartAnswer.class).transform(answer));
  }
}
