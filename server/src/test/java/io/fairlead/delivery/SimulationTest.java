package io.fairlead.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fairlead.delivery.Simulation.BrokenPromise;
import io.fairlead.delivery.Simulation.Bug;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class SimulationTest {
  private static final int SEEDS = 400;

  private Path image = Path.of("");

  @BeforeAll
  void migrateOnce() {
    image = SimulatedStore.image();
  }

  @Test
  void thePromisesHoldWhateverHappens() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Simulation.run(seed, Bug.NONE, image);
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    assertThat(Simulation.run(7, Bug.NONE, image)).isEqualTo(Simulation.run(7, Bug.NONE, image));
  }

  /// Each of these broke a promise once.
  @ParameterizedTest
  @ValueSource(longs = {25})
  void seedsThatOnceFailed(long seed) {
    assertThatCode(() -> Simulation.run(seed, Bug.NONE, image)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBugThatIsPlantedIsFound(Bug bug) {
    boolean found = LongStream.range(0, SEEDS).anyMatch(seed -> breaksAPromise(seed, bug));

    assertThat(found).as("%s was found", bug).isTrue();
  }

  private boolean breaksAPromise(long seed, Bug bug) {
    try {
      Simulation.run(seed, bug, image);
      return false;
    } catch (BrokenPromise e) {
      return true;
    }
  }
}
