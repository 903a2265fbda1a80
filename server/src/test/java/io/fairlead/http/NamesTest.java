package io.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.ScriptedNames;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NamesTest {
  private final ScriptedNames server = ScriptedNames.open();
  private final HandClock clock = new HandClock(0);
  private final Network network =
      Network.open(new Network.Settings(1, clock, List.of(server.address()), null));

  @AfterEach
  void close() {
    network.close();
    server.close();
  }

  private CompletableFuture<Names.Resolution> resolve(String name) {
    var resolution = new CompletableFuture<Names.Resolution>();
    Loop loop = network.loops().getFirst();
    loop.execute(
        () -> network.names(loop).resolve(name, Duration.ofSeconds(30), resolution::complete));
    return resolution.orTimeout(20, TimeUnit.SECONDS);
  }

  private static Names.Found found(String... addresses) {
    return new Names.Found(List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
  }

  @Test
  void givesAllAddressesOfBothFamilies() {
    server.on("api.example.com", 60, "192.0.2.1 2001:db8::1 192.0.2.2");
    assertThat(resolve("api.example.com").join())
        .isEqualTo(found("192.0.2.1", "192.0.2.2", "2001:db8::1"));
  }

  @Test
  void remembersAsLongAsItMayAndHalfAMinuteAtMost() {
    server.on("short.example.com", 5, "192.0.2.1", "192.0.2.2");
    server.on("long.example.com", 86_400, "192.0.2.1", "192.0.2.2");
    server.on("none.example.com", 0, "192.0.2.1", "192.0.2.2");
    for (String name : List.of("short.example.com", "long.example.com", "none.example.com")) {
      assertThat(resolve(name).join()).isEqualTo(found("192.0.2.1"));
      assertThat(resolve(name).join()).isEqualTo(found("192.0.2.1"));
    }
    clock.advance(Duration.ofSeconds(6));
    assertThat(resolve("short.example.com").join()).isEqualTo(found("192.0.2.2"));
    assertThat(resolve("none.example.com").join()).isEqualTo(found("192.0.2.2"));
    assertThat(resolve("long.example.com").join()).isEqualTo(found("192.0.2.1"));
    clock.advance(Duration.ofSeconds(25));
    assertThat(resolve("long.example.com").join()).isEqualTo(found("192.0.2.2"));
  }

  @Test
  void saysThatANameDoesNotResolveAndAsksAgainSoon() {
    var nothing = new Names.NotFound("The name no.example.com does not resolve.");
    assertThat(resolve("no.example.com").join()).isEqualTo(nothing);
    long asked = server.asked("no.example.com");
    assertThat(resolve("no.example.com").join()).isEqualTo(nothing);
    assertThat(server.asked("no.example.com")).isEqualTo(asked);

    server.on("no.example.com", 60, "192.0.2.1");
    clock.advance(Duration.ofSeconds(3));
    assertThat(resolve("no.example.com").join()).isEqualTo(found("192.0.2.1"));
  }

  @Test
  void aNameThatHangsDoesNotHoldUpAnother() {
    server.silent("hang.example.com");
    server.on("api.example.com", 60, "192.0.2.1");
    var hanging = resolve("hang.example.com");
    assertThat(resolve("api.example.com").join()).isEqualTo(found("192.0.2.1"));
    assertThat(hanging).isNotDone();

    clock.advance(Duration.ofSeconds(30));
    assertThat(hanging.join())
        .isEqualTo(
            new Names.NotFound(
                "The name servers gave no answer in time for the name hang.example.com."));
  }

  @Test
  void readsTheHostsFile() {
    assertThat(resolve("localhost").join())
        .isInstanceOfSatisfying(
            Names.Found.class,
            found -> assertThat(found.addresses()).allMatch(InetAddress::isLoopbackAddress));
    assertThat(server.asked("localhost")).isZero();
  }

  @Test
  void askedOnceForManyWhoWait() {
    server.on("api.example.com", 60, "192.0.2.1");
    var all =
        java.util.stream.IntStream.range(0, 50).mapToObj(i -> resolve("api.example.com")).toList();
    all.forEach(one -> assertThat(one.join()).isEqualTo(found("192.0.2.1")));
    assertThat(server.asked("api.example.com")).isEqualTo(2);
  }
}
