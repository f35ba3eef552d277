/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import dev.holdfast.server.Wire;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections of which only the kernel can tell whether the client has left.
 */
@Tag("G7")
class SuspectsTests {

	private static final String HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
			+ "   uid  timeout inode\n";

	private final RunningRequests running = new RunningRequests(this::now);

	private final List<WatchedRequest> gone = new ArrayList<>();

	private final List<WatchedRequest> harmless = new ArrayList<>();

	@TempDir
	private Path proc = Path.of("");

	private ServerSocketChannel server = ServerSocketChannel.open();

	private SocketChannel channel = SocketChannel.open();

	private Duration cost = Duration.ZERO;

	private int readings;

	private long nanos;

	SuspectsTests() throws IOException {
	}

	private long now() {
		return this.nanos;
	}

	@BeforeEach
	void connect() throws IOException {
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.channel.connect(this.server.getLocalAddress());
		Files.createDirectories(this.proc.resolve("self/net"));
		table(SocketState.ESTABLISHED, 5);
	}

	@AfterEach
	void close() throws IOException {
		this.channel.close();
		this.server.close();
	}

	@Test
	void clientThatHasClosedBehindItsBytesHasLeft() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 25);
		assertThat(this.gone).containsExactly(request);
		assertThat(suspects.isEmpty()).isTrue();
	}

	@Test
	void bytesThatNobodyReadsSayNothing() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		suspect(suspects);
		lookAfter(suspects, 25);
		lookAfter(suspects, 500);
		assertThat(this.gone).isEmpty();
		assertThat(this.harmless).isEmpty();
		assertThat(suspects.isEmpty()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void onceEverythingIsReadTheChannelIsWatchedAgain(HalfClose halfClose) throws IOException {
		Suspects suspects = suspects(halfClose);
		WatchedRequest request = suspect(suspects);
		table(SocketState.ESTABLISHED, 0);
		lookAfter(suspects, 25);
		assertThat(this.harmless).containsExactly(request);
		assertThat(this.gone).isEmpty();
		assertThat(suspects.isEmpty()).isTrue();
	}

	@Test
	void connectionThatIsMissingOnceMayHaveBeenLeftOut() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		write(HEADING);
		lookAfter(suspects, 25);
		assertThat(this.gone).isEmpty();
		lookAfter(suspects, 50);
		assertThat(this.gone).containsExactly(request);
	}

	@Test
	void halfCloseIsIgnoredOnDemandAndAResetIsNot() throws IOException {
		Suspects suspects = suspects(HalfClose.IGNORE);
		WatchedRequest request = suspect(suspects);
		table(SocketState.CLOSE_WAIT, 0);
		lookAfter(suspects, 25);
		assertThat(this.gone).isEmpty();
		assertThat(this.harmless).isEmpty();
		write(HEADING);
		lookAfter(suspects, 50);
		lookAfter(suspects, 100);
		assertThat(this.gone).containsExactly(request);
	}

	@Test
	void tableIsReadLessAndLessOften() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		assertThat(suspects.millisToNextLook()).isEqualTo(Long.MAX_VALUE);
		suspect(suspects);
		assertThat(suspects.millisToNextLook()).isBetween(25L, 26L);
		lookAfter(suspects, 25);
		assertThat(suspects.millisToNextLook()).isBetween(50L, 51L);
		for (int i = 0; i < 10; i++) {
			lookAfter(suspects, 500);
		}
		assertThat(suspects.millisToNextLook()).isBetween(500L, 501L);
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 499);
		assertThat(this.gone).as("it is not time").isEmpty();
		suspect(suspects);
		assertThat(suspects.millisToNextLook()).as("a new suspect is looked at soon").isBetween(1L, 26L);
	}

	@Test
	void bodyThatComesSlowlyDoesNotHaveTheTableReadAllTheTime() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		table(SocketState.ESTABLISHED, 0);
		for (int i = 0; i < 10; i++) {
			lookAfter(suspects, 500);
			suspects.add(request, this.channel);
		}
		assertThat(suspects.millisToNextLook()).isBetween(500L, 501L);
	}

	@Test
	void manyWhoLeaveInTheSameMomentAreSettledByOneReading() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		List<WatchedRequest> requests = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			requests.add(suspect(suspects));
		}
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 25);
		assertThat(this.gone).containsExactlyElementsOf(requests);
		assertThat(this.readings).isOne();
		assertThat(suspects.isEmpty()).isTrue();
	}

	@Test
	void whoWasSeenToHaveClosedIsKnownWithoutAnotherReading() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest younger = watched(suspects);
		suspect(suspects);
		table(SocketState.CLOSE_WAIT, 5);
		assertThat(suspects.isKnownToHaveLeft(younger, this.channel)).as("nothing was read").isFalse();
		lookAfter(suspects, 25);
		this.nanos += Duration.ofSeconds(100).toNanos();
		assertThat(suspects.isKnownToHaveLeft(younger, this.channel)).isTrue();
		assertThat(this.readings).isOne();
	}

	@Test
	void whatWasReadBeforeARequestBeganIsOfAnotherConnection() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		suspect(suspects);
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 25);
		assertThat(suspects.isKnownToHaveLeft(watched(suspects), this.channel)).isFalse();
		this.nanos++;
		assertThat(suspects.isKnownToHaveLeft(watched(suspects), this.channel)).isFalse();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSE_WAIT")
	void whoHadNotClosedWhenTheTableWasReadIsNotKnownToHaveLeft(SocketState state) throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		table(state, 5);
		lookAfter(suspects, 25);
		assertThat(this.readings).isOne();
		assertThat(suspects.isKnownToHaveLeft(request, this.channel)).isFalse();
	}

	@Test
	void whoWasMissingWhenTheTableWasReadIsNotKnownToHaveLeft() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		write(HEADING);
		lookAfter(suspects, 25);
		assertThat(suspects.isKnownToHaveLeft(request, this.channel)).isFalse();
	}

	@Test
	void halfCloseThatWasSeenIsIgnoredOnDemand() throws IOException {
		Suspects suspects = suspects(HalfClose.IGNORE);
		WatchedRequest request = suspect(suspects);
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 25);
		assertThat(suspects.isKnownToHaveLeft(request, this.channel)).isFalse();
	}

	@Test
	void whoIsMissingIsLookedForAgainAtOnce() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		WatchedRequest request = suspect(suspects);
		lookAfter(suspects, 25);
		lookAfter(suspects, 50);
		write(HEADING);
		lookAfter(suspects, 100);
		assertThat(suspects.millisToNextLook()).isBetween(25L, 26L);
		lookAfter(suspects, 25);
		assertThat(this.gone).containsExactly(request);
	}

	@Test
	void whileNothingMayBeSpentTheFirstLookIsNotTaken() throws IOException {
		this.cost = Duration.ofMillis(10);
		Sockets sockets = sockets();
		sockets.table();
		Suspects suspects = new Suspects(sockets, HalfClose.GONE, this::now);
		WatchedRequest request = suspect(suspects);
		table(SocketState.CLOSE_WAIT, 5);
		for (int millis = 25; millis < 1_000; millis += 25) {
			lookAfter(suspects, 25);
			assertThat(suspects.millisToNextLook()).isBetween(25L, 26L);
		}
		assertThat(this.gone).isEmpty();
		assertThat(this.readings).isOne();
		lookAfter(suspects, 25);
		assertThat(this.gone).containsExactly(request);
	}

	@Test
	void looksAtOldSuspectsLeaveHalfOfWhatMayBeSpentToNewOnes() throws IOException {
		this.cost = Duration.ofMillis(5);
		Suspects suspects = suspects(HalfClose.GONE);
		suspect(suspects);
		for (int i = 0; i < 60; i++) {
			lookAfter(suspects, 1_000);
		}
		assertThat(suspects.millisToNextLook()).isBetween(1_000L, 1_001L);
		int before = this.readings;
		for (int i = 0; i < 10; i++) {
			WatchedRequest request = suspect(suspects);
			table(SocketState.CLOSE_WAIT, 5);
			lookAfter(suspects, 25);
			assertThat(this.gone).contains(request);
		}
		assertThat(this.readings).isEqualTo(before + 10);
	}

	@Test
	void requestThatIsOverIsForgotten() throws IOException {
		Suspects suspects = suspects(HalfClose.GONE);
		this.running.end(suspect(suspects).running());
		table(SocketState.CLOSE_WAIT, 5);
		lookAfter(suspects, 25);
		assertThat(this.gone).isEmpty();
		assertThat(suspects.isEmpty()).isTrue();
	}

	@Test
	void withoutATableNobodyIsSuspected() throws IOException {
		Files.delete(this.proc.resolve("self/net/tcp"));
		Suspects suspects = suspects(HalfClose.GONE);
		suspect(suspects);
		assertThat(suspects.isEmpty()).isTrue();
	}

	private Suspects suspects(HalfClose halfClose) {
		return new Suspects(sockets(), halfClose, this::now);
	}

	// asked at the beginning and at the end of a reading
	private Sockets sockets() {
		AtomicInteger asked = new AtomicInteger();
		return new Sockets(this.proc, this::now, () -> {
			boolean end = asked.getAndIncrement() % 2 == 1;
			this.readings += end ? 1 : 0;
			return end ? this.cost.toNanos() : 0;
		});
	}

	private WatchedRequest suspect(Suspects suspects) {
		WatchedRequest watched = watched(suspects);
		suspects.add(watched, this.channel);
		return watched;
	}

	private WatchedRequest watched(Suspects suspects) {
		DisconnectSettings settings = new DisconnectSettings(Mode.ENFORCE, Duration.ofMillis(500), HalfClose.GONE,
				CancelPolicy.SAFE, false);
		Departures departures = new Departures(settings);
		ChannelWatch watch = new ChannelWatch(HalfClose.GONE, suspects, this.gone::add);
		RunningRequest request = this.running.begin("GET", "127.0.0.1", new OwnedLifetime(Deadline.none()));
		return new WatchedRequest(request, Wire.of(this.channel), false,
				new DisconnectWatch(settings, watch, departures));
	}

	private void lookAfter(Suspects suspects, long millis) {
		this.nanos += Duration.ofMillis(millis).toNanos();
		suspects.look(this.gone::add, this.harmless::add);
	}

	private void table(SocketState state, int unread) throws IOException {
		write(HEADING + "   0: %s %s %02X 00000000:%08X 00:00000000 00000000 0 0 1 3 0 20 4 1 18 -1\n".formatted(
				text(this.channel.getLocalAddress()), text(this.channel.getRemoteAddress()),
				List.of(SocketState.values()).indexOf(state) + 1, unread));
	}

	private void write(String table) throws IOException {
		Files.writeString(this.proc.resolve("self/net/tcp"), table);
	}

	// 127.0.0.1, as little-endian machines write it
	private static String text(SocketAddress address) {
		return "0100007F:%04X".formatted(((InetSocketAddress) address).getPort());
	}

}
