package io.fairlead.delivery;

import io.fairlead.delivery.Simulation.BrokenPromise;
import io.fairlead.delivery.Simulation.Bug;
import java.nio.file.Path;

/// Runs as many seeds of the simulation as it is asked to: `bench/simulate`.
final class SimulateSeeds {
  private SimulateSeeds() {}

  public static void main(String[] arguments) {
    long count = Long.parseLong(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    Path image = SimulatedStore.image();
    long start = System.nanoTime();
    for (long seed = first; seed < first + count; seed++) {
      try {
        Simulation.run(seed, Bug.NONE, image);
      } catch (BrokenPromise e) {
        System.err.println(e.getMessage());
        System.exit(1);
      }
    }
    System.out.printf(
        "%d seeds from %d: every promise held (%d s)%n",
        count, first, (System.nanoTime() - start) / 1_000_000_000);
  }
}
